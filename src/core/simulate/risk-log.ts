import { SEED_METRIC_NAMES } from './metric-catalog.ts';
import { planRisk, type RiskLevel } from './risk-level.ts';
import { seedFor } from './rng.ts';
import { createSimulator } from './simulator.ts';

/** A log to be made. */
export interface RiskLogSpec {
  readonly pipeline: string;
  readonly risk: RiskLevel;
  /** Number of rows, ≥ 1. */
  readonly rowCount: number;
  readonly intervalMs: number;
  /** Time of the first row, Unix milliseconds. */
  readonly startMs: number;
  readonly seed: number;
}

/** One row: the values in the order of the columns. */
export interface SimulatedRow {
  readonly atMs: number;
  readonly values: readonly number[];
}

/** A log that is made row by row. */
export interface RiskLog {
  readonly columns: readonly string[];
  /** Time of the first row in which something is wrong; null when nothing is. */
  readonly firstBadMs: number | null;
  /** What is wrong with it, by name. */
  readonly faults: readonly string[];
  /** The rows, oldest first; may be walked once. */
  readonly rows: Iterable<SimulatedRow>;
}

/** Makes a log in the seed's columns; the same spec gives the same rows. */
export function createRiskLog(spec: RiskLogSpec): RiskLog {
  const course = planRisk(spec.risk, spec.rowCount, spec.intervalMs, seedFor(spec.seed, spec.pipeline));
  const simulator = createSimulator({
    profile: course.profile,
    metrics: SEED_METRIC_NAMES,
    faults: course.faults,
    seed: seedFor(spec.seed, `${spec.pipeline} ${spec.risk}`),
    warmUpMs: 60_000,
  });
  function* rows(): Generator<SimulatedRow> {
    for (let row = 0; row < spec.rowCount; row += 1) {
      const atMs = spec.startMs + row * spec.intervalMs;
      yield { atMs, values: simulator.next(atMs, course.active(row)) };
    }
  }
  return {
    columns: SEED_METRIC_NAMES,
    firstBadMs: course.firstBadRow === null ? null : spec.startMs + course.firstBadRow * spec.intervalMs,
    faults: course.faults.map((fault) => fault.name),
    rows: rows(),
  };
}
