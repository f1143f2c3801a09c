/** One shipped sample: a pipeline, what it is like and what happened to it. */
import type { Fault } from '../../src/core/simulate/fault-course.ts';
import type { ServiceProfile } from '../../src/core/simulate/profile.ts';
import type { RowFormat } from '../../src/app/simulate/row-format.ts';

/** A fault of a sample and the time from which it acts, to the end of the log. */
export interface SampleFault {
  readonly fault: Fault;
  /** Minutes after `SAMPLE_START_MS`. */
  readonly fromMinute: number;
  /** Where the trouble was short; null = to the end of the log. */
  readonly untilMinute: number | null;
}

/** What a sample's deployment marker says. */
export interface SampleDeployment {
  readonly version: string;
  readonly previous: string;
  readonly atMinute: number;
  readonly commit: string;
  readonly environment: string;
  readonly features: Readonly<Record<string, number>>;
}

/** Everything a sample log is made from. */
export interface PipelineSample {
  readonly pipeline: string;
  readonly format: RowFormat;
  readonly profile: ServiceProfile;
  readonly metrics: readonly string[];
  readonly startMinute: number;
  readonly endMinute: number;
  readonly intervalSeconds: number;
  readonly faults: readonly SampleFault[];
  readonly deployment: SampleDeployment | null;
}

/** Monday 2026-03-02 11:00 UTC: minute 0 of every sample. */
export const SAMPLE_START_MS = Date.UTC(2026, 2, 2, 11);

const MINUTE_MS = 60_000;

/** A fault that grows for `riseMinutes`; one with an end is over at once. */
export function trouble(
  name: Fault['name'],
  fromMinute: number,
  riseMinutes: number,
  severity = 1,
  untilMinute: number | null = null,
): SampleFault {
  const fault = { name, riseMs: riseMinutes * MINUTE_MS, settleMs: 1, severity };
  return { fault, fromMinute, untilMinute };
}
