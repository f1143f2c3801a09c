import type { RollbackView } from '../../src/core/session/snapshot.ts';
import { NOW_MS } from './snapshots.ts';

const HOUR_MS = 3_600_000;

/** Versions `checkout` can go back to: one that was bad, the last healthy one, one that was never judged, and older ones. */
export function rollbackView(change: Partial<RollbackView> = {}): RollbackView {
  const version = (
    name: string,
    hoursAgo: number,
    healthy: boolean | null,
    by: string | null,
    change: string | null,
  ) => ({
    version: name,
    deployedAtMs: NOW_MS - hoursAgo * HOUR_MS,
    by,
    change,
    commit: change === null ? null : '4c1ab02deadbeef',
    healthy,
    isDefault: name === 'v410',
  });
  return {
    pipeline: 'checkout',
    isLooking: false,
    versions: [
      version('v411', 5, false, 'ann', '2 commits, 12 files since'),
      version('v410', 29, true, 'bob', '9 commits, 31 files since'),
      version('v409-hotfix.2', 53, null, null, null),
      version('v408', 170, true, 'Maximiliane Oberhuber-Lindqvist', '40 commits, 208 files since'),
    ],
    draft: null,
    why: '',
    ...change,
  };
}
