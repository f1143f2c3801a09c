import { BIG_CHANGE, SMALL_CHANGE, type Change } from './change.ts';
import type { Fault } from '../../core/simulate/fault-course.ts';

/** A deployment that happens while you look. */
export interface DemoDeployment {
  /** After the start. */
  readonly atSecond: number;
  readonly pipeline: string;
  readonly version: string;
  readonly commit: string;
  readonly change: Change;
  /** What is wrong with the version; null = nothing. */
  readonly fault: Fault | null;
}

/**
 * What happens, oldest first.
 *
 * At most two versions fail within five minutes: a third would look like a shared cause and would rightly
 * take the automatic rollback away.
 */
export const DEMO_STORY: readonly DemoDeployment[] = [
  good(5, 'catalog', 'v204', '90d13b8'),
  bad(15, 'checkout', 'v412', 'e20c7fa', fault('error-spike', 4_000, 6_000), BIG_CHANGE),
  bad(30, 'search', 'v98', '1c55e0a', fault('memory-leak', 55_000, 4_000)),
  good(50, 'batch-report', 'v31', '7750d2e'),
  good(100, 'recommendations', 'v20', 'd8f6b93', BIG_CHANGE),
  good(180, 'inventory', 'v78', '44c0e91'),
  bad(345, 'orders', 'v64', '5be9a17', fault('business-drop', 5_000, 8_000)),
  bad(400, 'payments', 'v77', 'a4f20be', fault('slow-burn', 200_000, 8_000), BIG_CHANGE),
  good(520, 'accounts', 'v59', '0be2f7d'),
  bad(720, 'image-resizer', 'v21', 'c02a6d1', fault('latency-regression', 6_000, 6_000)),
  good(760, 'cart', 'v141', '8d11a5c'),
];

function fault(name: Fault['name'], riseMs: number, settleMs: number): Fault {
  return { name, riseMs, settleMs, severity: 1 };
}

function good(
  atSecond: number,
  pipeline: string,
  version: string,
  commit: string,
  change: Change = SMALL_CHANGE,
): DemoDeployment {
  return { atSecond, pipeline, version, commit, change, fault: null };
}

function bad(
  atSecond: number,
  pipeline: string,
  version: string,
  commit: string,
  what: Fault,
  change: Change = SMALL_CHANGE,
): DemoDeployment {
  return { atSecond, pipeline, version, commit, change, fault: what };
}
