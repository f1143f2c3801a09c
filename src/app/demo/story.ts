import type { Fault } from '../../core/simulate/fault-course.ts';

/** A deployment that happens while you look. */
export interface DemoDeployment {
  /** After the start. */
  readonly atSecond: number;
  readonly pipeline: string;
  readonly version: string;
  readonly commit: string;
  /** What is wrong with the version; null = nothing. */
  readonly fault: Fault | null;
}

function fault(name: Fault['name'], riseMs: number, settleMs: number, severity = 1): Fault {
  return { name, riseMs, settleMs, severity };
}

/**
 * What happens, oldest first.
 *
 * At most two versions fail within five minutes: a third would look like a shared cause and would rightly
 * take the automatic rollback away.
 */
export const DEMO_STORY: readonly DemoDeployment[] = [
  { atSecond: 5, pipeline: 'catalog', version: 'v204', commit: '90d13b8', fault: null },
  { atSecond: 15, pipeline: 'checkout', version: 'v412', commit: 'e20c7fa', fault: fault('error-spike', 4_000, 6_000) },
  { atSecond: 30, pipeline: 'search', version: 'v98', commit: '1c55e0a', fault: fault('memory-leak', 55_000, 4_000) },
  { atSecond: 50, pipeline: 'batch-report', version: 'v31', commit: '7750d2e', fault: null },
  { atSecond: 100, pipeline: 'recommendations', version: 'v20', commit: 'd8f6b93', fault: null },
  { atSecond: 180, pipeline: 'inventory', version: 'v78', commit: '44c0e91', fault: null },
  { atSecond: 345, pipeline: 'orders', version: 'v64', commit: '5be9a17', fault: fault('business-drop', 5_000, 8_000) },
  { atSecond: 400, pipeline: 'payments', version: 'v77', commit: 'a4f20be', fault: fault('slow-burn', 200_000, 8_000) },
  { atSecond: 520, pipeline: 'accounts', version: 'v59', commit: '0be2f7d', fault: null },
  {
    atSecond: 720,
    pipeline: 'image-resizer',
    version: 'v21',
    commit: 'c02a6d1',
    fault: fault('latency-regression', 6_000, 6_000),
  },
  { atSecond: 760, pipeline: 'cart', version: 'v141', commit: '8d11a5c', fault: null },
];
