import type { Fault } from './fault-course.ts';
import type { FaultName } from './fault.ts';
import { QUIET_SERVICE, type ServiceProfile } from './profile.ts';
import { mulberry32, seedFor, type Random } from './rng.ts';

/** How bad a simulated log is to be. */
export type RiskLevel = 'low' | 'medium' | 'high';

/** All levels, mildest first. */
export const RISK_LEVELS: readonly RiskLevel[] = ['low', 'medium', 'high'];

/** What happens in a log of so many rows: which faults there are and in which rows each acts. */
export interface RiskCourse {
  readonly profile: ServiceProfile;
  readonly faults: readonly Fault[];
  /** The faults that act in a row, 0-based. */
  active(row: number): readonly Fault[];
  /** First row in which a fault acts; null when there is none. */
  readonly firstBadRow: number | null;
}

/** Of the whole log: with less than a fifth of bad rows each of them lies beyond two standard deviations of the column. */
const BAD_SHARE = 0.15;
const LONGEST_BAD_MS = 30 * 60_000;
const INSTANT_MS = 1;

/**
 * Plans a log of a risk level.
 *
 * `low`: no value beyond any default threshold. `medium`: a busier service with brief excursions over the thresholds
 * for one or two rows, never three. `high`: from 85 % of the log on (at most its last 30 minutes) a lasting fault.
 *
 * @param rowCount ≥ 1
 * @param intervalMs time between two rows, > 0
 */
export function planRisk(level: RiskLevel, rowCount: number, intervalMs: number, seed: number): RiskCourse {
  const random = mulberry32(seedFor(seed, `risk ${level}`));
  switch (level) {
    case 'low':
      return { profile: QUIET_SERVICE, faults: [], active: () => [], firstBadRow: null };
    case 'medium':
      return mediumCourse(rowCount, random);
    case 'high':
      return highCourse(rowCount, intervalMs, random);
  }
}

function mediumCourse(rowCount: number, random: Random): RiskCourse {
  const profile = { ...QUIET_SERVICE, cpuPercent: 54, memoryPercent: 66, responseTimeMs: 205, errorPercent: 1.1 };
  const names: readonly FaultName[] = ['error-spike', 'latency-regression', 'cpu-saturation'];
  const faults = names.map((name): Fault => ({ name, riseMs: INSTANT_MS, settleMs: INSTANT_MS, severity: 1 }));
  const rows = new Map<number, Fault>();
  const excursions = Math.max(1, Math.round(rowCount / 90));
  const spacing = rowCount / excursions;
  for (let index = 0; index < excursions; index += 1) {
    // In the first two thirds of each span: two excursions can then never touch.
    const first = Math.floor(spacing * (index + 0.66 * random()));
    const fault = faults[Math.floor(random() * faults.length)] as Fault;
    rows.set(first, fault);
    if (random() < 0.5 && spacing > 8 && first + 1 < rowCount) rows.set(first + 1, fault);
  }
  return {
    profile,
    faults,
    active: (row) => {
      const fault = rows.get(row);
      return fault === undefined ? [] : [fault];
    },
    firstBadRow: Math.min(...rows.keys()),
  };
}

function highCourse(rowCount: number, intervalMs: number, random: Random): RiskCourse {
  const badRows = Math.max(1, Math.min(Math.floor(BAD_SHARE * rowCount), Math.floor(LONGEST_BAD_MS / intervalMs)));
  const firstBadRow = rowCount - badRows;
  const riseMs = Math.max(INSTANT_MS, 0.3 * badRows * intervalMs - intervalMs);
  const causes: readonly FaultName[] = ['latency-regression', 'cpu-saturation', 'memory-leak'];
  const cause = causes[Math.floor(random() * causes.length)] as FaultName;
  const faults: readonly Fault[] = [
    { name: cause, riseMs, settleMs: riseMs, severity: 1 },
    { name: 'error-spike', riseMs, settleMs: riseMs, severity: 0.6 + 0.4 * random() },
  ];
  return {
    profile: QUIET_SERVICE,
    faults,
    active: (row) => (row >= firstBadRow ? faults : []),
    firstBadRow,
  };
}
