import { expect, it } from 'vitest';
import { FailureTrack } from '../../../../src/core/judge/failure-track.ts';

const MINUTE_MS = 60_000;

/** Since which minute it is ill after failing from each `from` to each `until`, in minutes. */
function illSince(...failures: readonly (readonly [from: number, until: number])[]): number | null {
  const track = new FailureTrack();
  track.begin(0);
  for (const [from, until] of failures) {
    track.follow(from * MINUTE_MS, from * MINUTE_MS);
    track.follow(until * MINUTE_MS, null);
  }
  return track.illSinceMs === null ? null : track.illSinceMs / MINUTE_MS;
}

it.each([
  { name: 'never', failures: [], since: null },
  { name: 'once', failures: [[10, 20]] as const, since: 10 },
  {
    name: 'again and again, never well for an hour',
    failures: [
      [10, 20],
      [70, 71],
      [130, 140],
    ] as const,
    since: 10,
  },
  {
    name: 'again after a healthy hour',
    failures: [
      [10, 20],
      [80, 90],
    ] as const,
    since: 80,
  },
])('ill $name: since minute $since', ({ failures, since }) => {
  expect(illSince(...failures)).toBe(since);
});

it('forgets what was before a deployment', () => {
  const track = new FailureTrack();
  track.follow(0, 0);
  track.begin(MINUTE_MS);
  expect(track.illSinceMs).toBeNull();
});
