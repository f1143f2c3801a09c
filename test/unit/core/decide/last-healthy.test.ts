import { expect, it } from 'vitest';
import { lastHealthy } from '../../../../src/core/decide/last-healthy.ts';
import type { PastVersion } from '../../../../src/core/model/history.ts';

/** `v1+` was healthy, `v1-` was not, `v1?` was not judged to an end; newest first. */
function past(...said: readonly string[]): readonly PastVersion[] {
  return said.map((text, index) => ({
    pipeline: text.startsWith('other') ? 'search' : 'checkout',
    version: text.slice(0, -1),
    deployedAtMs: 1000 - index,
    healthy: { '+': true, '-': false }[text.slice(-1)] ?? null,
  }));
}

it.each([
  [['v2-', 'v1+', 'v0+'], 'v1'],
  [['v1-', 'v1+', 'v0+'], 'v0'],
  [['v1?', 'v1+', 'v0+'], 'v1'],
  [['v1+', 'v1-'], 'v1'],
  [['now+', 'v1-'], null],
  [['other+'], null],
  [[], null],
])('of %o it is %s', (said, version) => {
  expect(lastHealthy(past(...said), 'checkout', 'now')).toBe(version);
});
