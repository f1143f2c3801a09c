import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keep } from '../../../../src/app/watch/keeper.ts';
import type { Deployment } from '../../../../src/core/model/deployment.ts';
import type { Verdict } from '../../../../src/core/model/verdict.ts';
import type { Store } from '../../../../src/ports/store.ts';
import { openTestStore, removeDir, temporaryDir } from '../../../fakes/act-bench.ts';
import { verdict } from '../../../builders/deciding.ts';
import { deployment } from '../../../builders/judging.ts';

/** The same deployment in every look. */
const AT_MS = Date.now() - 60_000;
let path: string;
let store: Store;
beforeEach(() => {
  path = temporaryDir();
  store = openTestStore(path).store;
});
afterEach(() => {
  store.close();
  removeDir(path);
});

/** What is remembered of v2 after a verdict on it. */
function remembered(said: Partial<Verdict>, change: Partial<Deployment> = {}) {
  const of = deployment({ atMs: AT_MS, ...change });
  keep({ type: 'deployment-observed', deployment: of, risk: null }, store, Date.now());
  const changed = verdict({ deploymentId: of.id, ...said });
  keep({ type: 'verdict-changed', verdict: changed, inputDigest: '' }, store, Date.now());
  return store.history(Date.now()).versions.map(({ version, healthy }) => [version, healthy]);
}

describe('health of a version', () => {
  it('is remembered as its analysis ended', () => {
    expect(remembered({ phase: 'Successful', reason: 'healthy' })).toEqual([['v2', true]]);
    expect(remembered({ phase: 'Failed', reason: 'anomaly' })).toEqual([['v2', false]]);
  });

  it.each([
    ['an analysis that has not ended', { phase: 'Running' }, {}],
    ['data that is not live', { phase: 'Successful', freshness: 'recorded' }, {}],
    ['a cause that others share', { phase: 'Failed', reason: 'shared-cause' }, {}],
    ['a deployment nobody announced', { phase: 'Successful' }, { origin: 'inferred' }],
    ['no deployment', { phase: 'Failed', deploymentId: null }, {}],
  ] as const)('does not follow from %s', (_name, said, change) => {
    expect(remembered(said, change)).toEqual([]);
  });
});
