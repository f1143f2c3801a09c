import type { Labels } from '../model/sample.ts';

/**
 * Whose samples they are where several versions of a pipeline serve: of a version by its name, of the new or the old
 * side of a deployment by the usual words, or of a side whose name says neither.
 */
export interface Side {
  readonly kind: 'version' | 'experiment' | 'control' | 'other';
  readonly name: string;
}

const EXPERIMENT = /^(canary|experiment|experimental|candidate|new|preview|treatment)$/i;
const CONTROL = /^(stable|control|baseline|primary|production|prod|old|current)$/i;
/** `metrics_checkout@2.1.0.csv`: a log of one version. */
const IN_NAME = /@([^@/]+?)(?:\.(?:csv|tsv|jsonl|ndjson|json|log|logfmt|txt|prom|metrics))?$/i;

/** The side that labels or the name of the file tell; null for samples of the pipeline as a whole. */
export function sideOf(labels: Labels, path: string): Side | null {
  const version = labels['version'] ?? versionOfPath(path);
  if (version !== null && version !== '') return { kind: 'version', name: version };
  const cohort = labels['cohort'];
  if (cohort === undefined || cohort === '') return null;
  if (EXPERIMENT.test(cohort)) return { kind: 'experiment', name: cohort };
  return { kind: CONTROL.test(cohort) ? 'control' : 'other', name: cohort };
}

/** The version in the name of a log of one version; null in every other name. */
export function versionOfPath(path: string): string | null {
  const at = path.lastIndexOf('@');
  return at < 0 ? null : (IN_NAME.exec(path.slice(at))?.[1] ?? null);
}
