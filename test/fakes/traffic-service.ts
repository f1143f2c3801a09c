import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSpec, Plan, PlanStep, StepJudge } from '../../src/core/model/rollback.ts';
import { plan, sh, unproven } from './act-bench.ts';

/** A service whose share of traffic on v1 is a file; each step notes itself. */
export interface TrafficService {
  readonly reader: CommandSpec;
  /** Percent of the traffic on v1. */
  share(): number;
  /** Names of the steps that took effect, in order. */
  effects(): readonly string[];
  /** The script of a step: sets the share and notes it. */
  set(percent: number, before?: string): CommandSpec;
  plan(steps: readonly PlanStep[], change?: Partial<Plan>): Plan;
  ladder(shares: readonly number[], judge?: Partial<StepJudge> | null): readonly PlanStep[];
}

export const quickJudge: StepJudge = { healthAtLeast: 70, worseBy: 10, forMs: 120, holdMs: 250 };

export function trafficService(dir: string): TrafficService {
  const [share, effects] = [join(dir, 'share'), join(dir, 'traffic-effects')];
  const env = { SHARE: share, EFFECTS: effects, PROBE: dir };
  writeFileSync(share, '0\n');
  writeFileSync(effects, '');
  const reader = sh('[ "$(cat "$SHARE")" = 100 ] && echo v1 || echo v2', env);

  function set(percent: number, before = ''): CommandSpec {
    return sh(`${before}\necho ${percent} >> "$EFFECTS"; echo ${percent} > "$SHARE"`, env);
  }

  return {
    reader,
    share: () => Number(readFileSync(share, 'utf8')),
    effects: () =>
      readFileSync(effects, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    set,
    plan: (steps, change = {}) =>
      plan(sh('false'), {
        strategy: 'progressive',
        steps,
        verify: { ...unproven, versionCommand: reader, healthAtLeast: 70, withinMs: 3000 },
        ...change,
      }),
    ladder: (shares, judge = {}) =>
      shares.map((percent, index) => ({
        index,
        text: `traffic ${percent} %`,
        action: { kind: 'traffic', percent },
        command: set(percent),
        readBack: sh(`grep -qx ${percent} "$SHARE" && cat "$SHARE"`, env),
        judge: judge === null || percent === 100 ? null : { ...quickJudge, ...judge },
      })),
  };
}
