import { alternatives, type JsonSchema } from './json-schema.ts';

/** More places than this say nothing about where a key was meant to stand. */
const MOST_PLACES = 2;
const MAX_DEPTH = 4;

interface Place {
  readonly schema: JsonSchema;
  /** The text around what stands here. */
  readonly around: (inner: string) => string;
}

/**
 * Where a key belongs that stands somewhere else, as a line of YAML for each place: `pipelines: [{ match: '*', rollback: … }]`.
 * Only the places nearest to the top; empty where there is none, or where there are too many to mean one.
 */
export function placesOfKey(schema: JsonSchema, key: string): readonly string[] {
  let places: readonly Place[] = [{ schema, around: (inner) => inner }];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const texts = places.filter(({ schema }) => has(schema, key)).map(({ around }) => around(`${key}: …`));
    if (texts.length > 0) return texts.length > MOST_PLACES ? [] : texts;
    places = places.flatMap(below);
  }
  return [];
}

function has(schema: JsonSchema, key: string): boolean {
  return alternatives(schema).some(({ properties = {} }) => Object.hasOwn(properties, key));
}

/** The mappings one step further in, each once for all its alternatives. */
function below({ schema, around }: Place): readonly Place[] {
  const found = new Map<string, Place>();
  for (const { properties = {} } of alternatives(schema)) {
    for (const [name, inner] of Object.entries(properties)) {
      for (const one of alternatives(inner)) {
        const place = placeBelow(name, one, around);
        if (place !== null && !found.has(name)) found.set(name, place);
      }
    }
  }
  return [...found.values()];
}

function placeBelow(name: string, schema: JsonSchema, around: Place['around']): Place | null {
  if (schema.properties !== undefined) return { schema, around: (inner) => around(`${name}: { ${inner} }`) };
  if (schema.items !== undefined) {
    const { items } = schema;
    return { schema: items, around: (inner) => around(`${name}: [{ ${[...required(items), inner].join(', ')} }]`) };
  }
  if (typeof schema.additionalProperties !== 'object') return null;
  return { schema: schema.additionalProperties, around: (inner) => around(`${name}: { NAME: { ${inner} } }`) };
}

function required(schema: JsonSchema): readonly string[] {
  return (schema.required ?? []).map((key) => (key === 'match' ? "match: '*'" : `${key}: …`));
}
