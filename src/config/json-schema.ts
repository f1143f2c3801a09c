import { z } from 'zod';
import { configFile } from './schema.ts';

/** A JSON Schema as far as it is walked here. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly description?: string;
}

/** The JSON Schema of rollwatch.yaml, for editors. */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(configFile.meta({ title: 'rollwatch.yaml' }), {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
}

/** The keys that are possible in the mapping at `path`, sorted; empty where any key is. */
export function knownKeysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let places: readonly JsonSchema[] = [schema];
  for (const part of path) places = places.flatMap((place) => below(place, part));
  const keys = places.flatMap((place) => alternatives(place)).flatMap((place) => Object.keys(place.properties ?? {}));
  return [...new Set(keys)].toSorted();
}

function below(schema: JsonSchema, part: PropertyKey): readonly JsonSchema[] {
  return alternatives(schema).flatMap((one) => {
    if (typeof part === 'number') return one.items === undefined ? [] : [one.items];
    const own = one.properties?.[String(part)];
    if (own !== undefined) return [own];
    return typeof one.additionalProperties === 'object' ? [one.additionalProperties] : [];
  });
}

/** The schemas one of which a value has to fit. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return choices.length === 0 ? [schema] : choices.flatMap(alternatives);
}
