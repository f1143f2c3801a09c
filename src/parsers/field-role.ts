/** What a column or key is for, by its name alone; `value` may turn out to be text. */
export type FieldRole = 'time' | 'label' | 'text' | 'value';

/** Names of the time of a row, the most telling first. */
const TIME_NAMES = [
  'timestamp',
  '@timestamp',
  'timestamp_ms',
  'ts',
  'time',
  'datetime',
  'date_time',
  'date',
  'event_time',
  'epoch',
  'epoch_ms',
  'unix_time',
  'unixtime',
  'time_ms',
  't',
];

const LABELS: ReadonlyMap<string, string> = new Map([
  ['pipeline', 'pipeline'],
  ['pipeline_id', 'pipeline'],
  ['pipelineid', 'pipeline'],
  ['service', 'pipeline'],
  ['environment', 'environment'],
  ['env', 'environment'],
  ['version', 'version'],
  ['service_version', 'version'],
  ['service.version', 'version'],
  ['app_version', 'version'],
  ['cohort', 'cohort'],
  ['track', 'cohort'],
  ['variant', 'cohort'],
]);

/** Names that are never measured, even where they look like numbers (an id, a commit, a pid). */
const TEXT_NAMES =
  /^(pid|node|pod|container|instance|region|zone|cluster|status|state|level|msg|message|caller|logger|user|path|url|method|tag|trace|span|comment|note)$|(^|[_.])(id|uid|uuid|commit|sha|hash|name|host|hostname)$/;

/** The role a name suggests, compared without case. */
export function roleOf(name: string): FieldRole {
  const key = name.trim().toLowerCase();
  if (TIME_NAMES.includes(key)) return 'time';
  if (LABELS.has(key)) return 'label';
  return TEXT_NAMES.test(key) ? 'text' : 'value';
}

/** `pipeline`, `environment`, `version` or `cohort` for the names that mean them; null for others. */
export function labelOf(name: string): string | null {
  return LABELS.get(name.trim().toLowerCase()) ?? null;
}

/** Index of the name that holds the time, -1 when none does: with several the most telling. */
export function timeIndex(names: readonly string[]): number {
  const keys = names.map((name) => name.trim().toLowerCase());
  for (const candidate of TIME_NAMES) {
    const index = keys.indexOf(candidate);
    if (index >= 0) return index;
  }
  return -1;
}
