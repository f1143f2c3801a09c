import type { Labels } from '../model/sample.ts';

/** Endings that rotation and compression add: `.1`, `.2.gz`, `-20260101`, `.20260101`, `.2026-01-01`, `.old`, `.bak`. */
const ROTATED =
  /(?:\.\d{1,3}|[.-]\d{8}(?:[-T]?\d{2,6})?|[.-]\d{4}-\d{2}-\d{2}|\.(?:gz|bz2|xz|zst|zip|old|bak|orig|tmp|swp)|~)$/i;
const LOG_ENDINGS = /\.(?:csv|tsv|jsonl|ndjson|json|log|logfmt|txt|prom|metrics)$/i;

/**
 * The pipeline a row belongs to: its label `pipeline` (parsers give `pipeline_id` and `service` that name too), else what the
 * file is called. Null when the row has no label and the file is a rotated one, which is no pipeline of its own.
 */
export function pipelineOf(labels: Labels, path: string): string | null {
  const label = labels['pipeline'];
  return label !== undefined && label !== '' ? label : pipelineOfPath(path);
}

/** `<id>` of `metrics_<id>.<ext>` and `metrics_<id>@<version>.<ext>`, else the file's name without its ending; null for a rotated or compressed file. */
export function pipelineOfPath(path: string): string | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (isRotatedName(name)) return null;
  const stem = name.replace(LOG_ENDINGS, '');
  // A log of one version: what stands behind the last `@` is the version.
  const whole = stem.replace(/@[^@]+$/, '');
  const id = /^metrics_(.+)$/.exec(whole)?.[1] ?? whole;
  return id === '' ? null : id;
}

/** True for names that rotation gives: `metrics_a.csv.1`, `metrics_a-20260101.csv`, `metrics_a.csv.gz`. `name` has no folder. */
export function isRotatedName(name: string): boolean {
  return (
    ROTATED.test(name) || (LOG_ENDINGS.test(name) && /[.-]\d{8}(?:[-T]?\d{2,6})?$/.test(name.replace(LOG_ENDINGS, '')))
  );
}
