import { z } from 'zod';
import type { ComparisonInput } from '../../core/judge/compare/comparison.ts';
import { JUDGES, type JudgeName } from '../../core/judge/compare/judges.ts';
import { didYouMean } from '../../config/did-you-mean.ts';
import { AssessError } from '../assess/assess-error.ts';
import type { NamedInput, Scoring } from './report.ts';

/** A sample: a number, or null or a text such as "NaN" where there is none. */
const sample = z.union([z.number(), z.null(), z.enum(['NaN', 'nan', 'Infinity', '-Infinity'])], {
  error: ({ input }) => `expected a number, null or "NaN", found ${JSON.stringify(input)}`,
});
const direction = z.enum(['increase', 'decrease', 'either']);
const params = z.strictObject({
  direction: direction.optional(),
  tolerance: z.number().min(0).max(100).optional(),
  confLevel: z.number().gt(0).lt(1).optional(),
  effectSizeMeasure: z.enum(['meanRatio', 'cles']).optional(),
  allowedIncrease: z.number().optional(),
  allowedDecrease: z.number().optional(),
  criticalIncrease: z.number().optional(),
  criticalDecrease: z.number().optional(),
});
const metric = z.object({
  name: z.string().optional(),
  groups: z.array(z.string()).optional(),
  control: z.array(sample),
  experiment: z.array(sample),
  params: params.optional(),
  direction: direction.optional(),
  nanStrategy: z.enum(['remove', 'replace']).optional(),
  isCriticalMetric: z.boolean().optional(),
  isDataRequired: z.boolean().optional(),
});
const several = z.object({
  metrics: z.array(metric).min(1),
  groupWeights: z.record(z.string(), z.number()).optional(),
  scoreThresholds: z.object({ pass: z.number(), marginal: z.number() }).optional(),
});

/** One metric, or several to be scored together. */
export type CompareDocument =
  | { readonly kind: 'one'; readonly metric: NamedInput }
  | { readonly kind: 'several'; readonly metrics: readonly NamedInput[]; readonly scoring: Partial<Scoring> };

/**
 * What was given as JSON: `{control, experiment, params, …}` or `{metrics: [those with name and groups], groupWeights,
 * scoreThresholds}`. Parameters that are not given are the judge's; 0.5 instead of 1 where the effect size is `cles`.
 *
 * @throws AssessError that names the first thing that is wrong
 */
export function readDocument(text: string, judge: JudgeName): CompareDocument {
  if (text.trim() === '')
    throw new AssessError(
      'Expected --control and --experiment, or JSON on stdin: {"control":[…],"experiment":[…]}; nothing came.',
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AssessError(`Expected JSON on stdin; ${error instanceof Error ? error.message : String(error)}.`);
  }
  const isSeveral = typeof json === 'object' && json !== null && 'metrics' in json;
  const read = isSeveral ? several.safeParse(json) : metric.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new AssessError(
      `JSON on stdin: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not valid'}.`,
    );
  }
  const mistyped = mistypedKey(json);
  if (mistyped !== null) throw new AssessError(`JSON on stdin: ${mistyped}`);
  if (!('metrics' in read.data)) return { kind: 'one', metric: inputOf(read.data, judge, 0) };
  const { metrics, groupWeights, scoreThresholds } = read.data;
  return {
    kind: 'several',
    metrics: metrics.map((one, i) => inputOf(one, judge, i)),
    scoring: { ...(groupWeights && { groupWeights }), ...scoreThresholds },
  };
}

/** A key that is nearly a known one; others may stand beside the input (a name of the case, what is expected of it). */
function mistypedKey(json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const objects: readonly object[] =
    'metrics' in json && Array.isArray(json.metrics) ? [json, ...(json.metrics as object[])] : [json];
  const known = [...Object.keys(metric.shape), ...Object.keys(several.shape)];
  for (const key of objects.flatMap(Object.keys)) {
    const near = known.includes(key) ? null : didYouMean(key, known);
    if (near !== null) return `unknown key "${key}"; did you mean "${near}"?`;
  }
  return null;
}

function inputOf(given: z.infer<typeof metric>, judge: JudgeName, index: number): NamedInput {
  const numbers = (values: readonly (number | string | null)[]): readonly number[] =>
    values.map((value) => (typeof value === 'number' ? value : Number.NaN));
  const cles = given.params?.effectSizeMeasure === 'cles';
  const half = { allowedIncrease: 0.5, allowedDecrease: 0.5, criticalIncrease: 0.5, criticalDecrease: 0.5 };
  const input: ComparisonInput = {
    control: numbers(given.control),
    experiment: numbers(given.experiment),
    params: {
      ...JUDGES[judge].parameters,
      ...(cles && half),
      ...(given.direction && { direction: given.direction }),
      ...defined(given.params ?? {}),
    },
    nanStrategy: given.nanStrategy ?? 'remove',
    isCriticalMetric: given.isCriticalMetric ?? false,
    isDataRequired: given.isDataRequired ?? false,
  };
  return { name: given.name ?? `metric ${index + 1}`, groups: given.groups ?? ['all'], input };
}

/** The object without its undefined values, which would hide defaults. */
function defined<T extends object>(given: T): { [K in keyof T]-?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
