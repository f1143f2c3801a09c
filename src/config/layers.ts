import type { Mode, PolicyName } from '../core/model/decision.ts';
import type { ConfigDocument } from './document.ts';
import { matchesPattern } from './pattern.ts';
import type { ConfigFile, PipelineEntry, SettingsLayer } from './schema.ts';

/** Where a value comes from, in words: `default`, `rollwatch.yaml:12`, `flag --policy`, `environment ROLLWATCH_MODE`. */
export type Origin = (key: readonly PropertyKey[]) => string;

/** Settings of one rank, with the origin of each key. */
export interface Layer {
  readonly settings: SettingsLayer;
  readonly origin: Origin;
}

/** What the command line and the process environment set; the mode can only be lowered. */
export interface Outside {
  readonly policy: { readonly value: PolicyName; readonly origin: string } | null;
  readonly modeCap: { readonly value: Mode; readonly origin: string } | null;
}

/** An environment's name and how it is known. */
export interface EnvironmentChoice {
  readonly name: string | null;
  /** Named in the config; an environment that only a deploy marker names never allows `auto`. */
  readonly declared: boolean;
  readonly origin: string;
}

/** A validated file and its places; null where there is no file. */
export type Parsed = { readonly file: ConfigFile; readonly document: ConfigDocument } | null;

/** The entries of `pipelines:` that fit a pipeline, in the order of the file, with their index. */
export function entriesFor(parsed: Parsed, pipeline: string): readonly (readonly [number, PipelineEntry])[] {
  const entries = [...(parsed?.file.pipelines ?? []).entries()];
  return entries.filter(([, entry]) => matchesPattern(entry.match, pipeline));
}

/** The environment of a pipeline: the config's word before that of a deploy marker. */
export function environmentOf(parsed: Parsed, pipeline: string, announced: string | null): EnvironmentChoice {
  const naming = entriesFor(parsed, pipeline).findLast(([, entry]) => entry.environment !== undefined);
  if (naming !== undefined && parsed !== null) {
    const origin = placeText(parsed.document, ['pipelines', naming[0], 'environment']);
    return { name: naming[1].environment ?? null, declared: true, origin };
  }
  return { name: announced, declared: false, origin: announced === null ? 'default' : 'deploy marker' };
}

/** The layers of a pipeline, weakest first: top of the file, its environment, each entry that fits. */
export function layersFor(parsed: Parsed, pipeline: string, environment: string | null): readonly Layer[] {
  if (parsed === null) return [];
  const { file, document } = parsed;
  const under =
    (prefix: readonly PropertyKey[]): Origin =>
    (key) =>
      placeText(document, [...prefix, ...key]);
  const layers: Layer[] = [{ settings: file, origin: under([]) }];
  const named = environment === null ? undefined : ownValue(file.environments, environment);
  if (named !== undefined && environment !== null) {
    layers.push({ settings: named, origin: under(['environments', environment]) });
  }
  for (const [index, entry] of entriesFor(parsed, pipeline)) {
    layers.push({ settings: entry, origin: under(['pipelines', index]) });
  }
  return layers;
}

/** `file:line` of a key. */
export function placeText(document: ConfigDocument, key: readonly PropertyKey[]): string {
  return `${document.path}:${document.keyAt(key).line}`;
}

function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
