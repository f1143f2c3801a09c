import { describe, expect, it } from 'vitest';
import { decide, decideHumanRequest, overrideTexts } from '../../../../src/core/decide/decide.ts';
import type { DecideInput } from '../../../../src/core/decide/input.ts';
import { RAILS, type Rail } from '../../../../src/core/decide/rails.ts';
import { failing, NOW, verdict } from '../../../builders/deciding.ts';
import { ABLE, history, standing } from '../../../builders/engine.ts';
import { deployment } from '../../../builders/judging.ts';

const MINUTE = 60_000;
const past = { pipeline: 'checkout', deploymentId: 'd', fromVersion: 'v0', toVersion: 'v1', state: 'done' } as const;
const elsewhere = { ...past, pipeline: 'search' };
function silence(pipeline: string) {
  return { id: 's', pipeline, untilMs: NOW + MINUTE, reason: 'planned', by: 'ann', atMs: NOW - MINUTE };
}
const always = { name: 'always', days: [], fromMinute: 0, toMinute: 0, timeZoneOffsetMinutes: 0 };

interface Case {
  readonly name: string;
  readonly input: DecideInput;
  /** What is decided instead of a rollback by itself. */
  readonly decided: string;
  /** What a person who asks for it gets. */
  readonly byHand: string;
  readonly overridable: readonly string[];
  readonly untilMs?: number;
}

/** One row for each way in which something binds. `rule` names the safety rule of DESIGN.md section 6. */
const CASES: readonly Case[] = [
  {
    name: 'what blocks by policy',
    input: failing({
      plan: { possible: true, dryRun: false, blockedBy: ['migration 12'], notUndone: ['migration 12'] },
    }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['not-undone'],
  },
  {
    name: 'what will not be undone is not known yet',
    input: failing({ plan: { possible: true, dryRun: false, looking: true } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'what could not be looked at',
    input: failing({ plan: { possible: true, dryRun: false, doubts: ['git gave no answer'] } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'the platform rolls it back by itself',
    input: failing({ plan: { possible: true, dryRun: false, external: 'swarm: rollback started' } }),
    decided: 'hold external-rollback',
    byHand: 'refuse external-rollback',
    overridable: [],
  },
  {
    name: 'what will not be undone is for a person',
    input: failing({ plan: { possible: true, dryRun: false, notUndone: ['migration 12'] } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['not-undone'],
  },
  {
    name: 'a way back that nothing decides is for a person',
    input: failing({ plan: { possible: true, dryRun: false, needsPerson: 'full: a person decides' } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'a silence',
    input: failing({ standing: standing({ silences: [silence('check*')] }) }),
    decided: 'hold silenced',
    byHand: 'ask human-asked',
    overridable: ['silenced'],
    untilMs: NOW + MINUTE,
  },
  {
    name: 'outside business hours',
    input: failing({}, { businessHours: [{ ...always, name: 'one minute', fromMinute: 0, toMinute: 1 }] }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['outside-hours'],
  },
  {
    name: 'rule 1: stale data',
    input: failing({ verdict: verdict({ freshness: 'stale' }) }),
    decided: 'hold not-live',
    byHand: 'refuse not-live',
    overridable: [],
  },
  {
    name: 'rule 1: recorded data with a plan that would act',
    input: failing({ verdict: verdict({ freshness: 'recorded' }) }),
    decided: 'hold not-live',
    byHand: 'refuse not-live',
    overridable: [],
  },
  {
    name: 'rule 1: replayed data with a dry run is only asked about',
    input: failing({ verdict: verdict({ freshness: 'replayed' }), plan: { possible: true, dryRun: true } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 2: a shared cause is asked about',
    input: failing({ verdict: verdict({ reason: 'shared-cause' }) }),
    decided: 'ask shared-cause',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 2: the deployment of another pipeline is more likely at fault',
    input: failing({
      verdict: verdict({
        suspects: [
          { pipeline: 'payments', version: 'v5', deployedAtMs: NOW - MINUTE, share: 0.6 },
          { pipeline: 'checkout', version: 'v2', deployedAtMs: NOW - MINUTE, share: 0.4 },
        ],
      }),
    }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 2: it began long after the deployment',
    input: failing({ verdict: verdict({ blame: 0.4, sinceMs: NOW - MINUTE }) }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: too short a run for auto',
    input: failing({}, { autoPersistence: 11 }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: untrusted config with a plan that would act',
    input: failing({ standing: standing({ configTrusted: false }) }),
    decided: 'refuse untrusted-config',
    byHand: 'refuse untrusted-config',
    overridable: [],
  },
  {
    name: 'rule 5: untrusted config with a dry run',
    input: failing({ standing: standing({ configTrusted: false }), plan: { possible: true, dryRun: true } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: undeclared environment',
    input: failing({}, { environment: null }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: no version reader',
    input: failing({ ability: { ...ABLE, hasVersionReader: false } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: lease not machine-wide',
    input: failing({ standing: standing({ leaseShared: false }) }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: state lost',
    input: failing({ standing: standing({ stateIntact: false }) }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: mode ask',
    input: failing({}, { mode: 'ask' }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 5: mode observe',
    input: failing({}, { mode: 'observe' }),
    decided: 'hold observe-only',
    byHand: 'ask human-asked',
    overridable: ['observe-only'],
  },
  {
    name: 'rule 6: cooldown',
    input: failing({ history: history({ rollbacks: [{ ...past, atMs: NOW - 10 * MINUTE }] }) }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['cooldown'],
    untilMs: NOW + 20 * MINUTE,
  },
  {
    name: 'rule 6: budget of the pipeline',
    input: failing(
      {
        history: history({
          rollbacks: [
            { ...past, atMs: NOW - 50 * MINUTE },
            { ...past, atMs: NOW - 40 * MINUTE },
          ],
        }),
      },
      { budget: { perPipeline: 2, perFleet: 9, windowMs: 60 * MINUTE } },
    ),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['budget'],
    untilMs: NOW + 10 * MINUTE,
  },
  {
    name: 'rule 6: budget of the fleet',
    input: failing(
      { history: history({ rollbacks: [{ ...elsewhere, atMs: NOW - 20 * MINUTE }] }) },
      { budget: { perPipeline: 2, perFleet: 1, windowMs: 60 * MINUTE } },
    ),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['budget'],
    untilMs: NOW + 40 * MINUTE,
  },
  {
    name: 'rule 6: freeze window',
    input: failing({}, { freezeWindows: [always] }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['frozen'],
    untilMs: NOW - (NOW % 86_400_000) + 86_400_000,
  },
  {
    name: 'rule 6: another act in flight',
    input: failing({ history: history({ inFlight: { pipeline: 'search', planId: 'p', holder: 'bob' } }) }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['act-in-flight'],
  },
  {
    name: 'rule 6: its own act in flight',
    input: failing({ history: history({ inFlight: { pipeline: 'checkout', planId: 'p', holder: 'bob' } }) }),
    decided: 'hold act-in-flight',
    byHand: 'refuse act-in-flight',
    overridable: [],
  },
  {
    name: 'rule 7: a person has decided',
    input: failing({ history: history({ humanDecided: [deployment().id] }) }),
    decided: 'hold human-decided',
    byHand: 'ask human-asked',
    overridable: ['human-decided'],
  },
  {
    name: 'rule 7: a rollback of a rollback',
    input: failing({ lineage: { previous: 'v1', isReturn: true } }),
    decided: 'refuse is-a-rollback',
    byHand: 'ask human-asked',
    overridable: ['is-a-rollback'],
  },
  {
    name: 'rule 7: to a version whose last verdict was Failed',
    input: failing({
      history: history({
        versions: [
          { pipeline: 'checkout', version: 'v1', deployedAtMs: 2, healthy: false },
          { pipeline: 'checkout', version: 'v1', deployedAtMs: 1, healthy: true },
        ],
      }),
    }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['previous-was-bad'],
  },
  {
    name: 'rule 7: previous is not the last healthy version',
    input: failing({
      history: history({ versions: [{ pipeline: 'checkout', version: 'v0', deployedAtMs: 1, healthy: true }] }),
    }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: ['previous-not-last-healthy'],
  },
  {
    name: 'rule 7: past the version before, to the last that was healthy',
    input: failing({
      lineage: { previous: 'v1', target: 'v0', isReturn: false },
      history: history({
        versions: [
          { pipeline: 'checkout', version: 'v1', deployedAtMs: 2, healthy: false },
          { pipeline: 'checkout', version: 'v0', deployedAtMs: 1, healthy: true },
        ],
      }),
    }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'rule 8: halted',
    input: failing({ standing: standing({ halted: 'maintenance' }) }),
    decided: 'refuse halted',
    byHand: 'refuse halted',
    overridable: [],
  },
  {
    name: 'rule 14: read-only with a plan that would act',
    input: failing({ standing: standing({ readOnly: true }) }),
    decided: 'refuse observe-only',
    byHand: 'refuse observe-only',
    overridable: [],
  },
  {
    name: 'rule 15: not configured, so only rehearsed',
    input: failing({ ability: { ...ABLE, configured: false }, plan: { possible: true, dryRun: true } }),
    decided: 'ask anomaly',
    byHand: 'ask human-asked',
    overridable: [],
  },
  {
    name: 'no plan can be made',
    input: failing({ plan: { possible: false, why: 'no rollback is configured' } }),
    decided: 'refuse no-rollback-configured',
    byHand: 'refuse no-rollback-configured',
    overridable: [],
  },
  {
    name: 'rule 1: recorded data without a plan says what is missing',
    input: failing({ verdict: verdict({ freshness: 'recorded' }), plan: { possible: false, why: 'not configured' } }),
    decided: 'refuse no-rollback-configured',
    byHand: 'refuse no-rollback-configured',
    overridable: [],
  },
  {
    name: 'nothing to return to',
    input: failing({ lineage: { previous: null, isReturn: false } }),
    decided: 'refuse no-previous-version',
    byHand: 'refuse no-previous-version',
    overridable: [],
  },
  {
    name: 'nobody announced a deployment',
    input: failing({ deployment: deployment({ origin: 'inferred' }) }),
    decided: 'refuse no-deployment',
    byHand: 'refuse no-deployment',
    overridable: [],
  },
  {
    name: 'an expired question',
    input: failing({ expired: true }),
    decided: 'hold proposal-expired',
    byHand: 'ask human-asked',
    overridable: ['proposal-expired'],
  },
];

describe('guard rails', () => {
  it('rule 5: auto rolls back only when nothing binds', () => {
    const decision = decide(failing());
    expect(decision).toMatchObject({ kind: 'rollback', reason: 'anomaly', overridable: [], untilMs: null });
  });

  it.each(CASES)('$name', ({ input, decided, byHand, overridable, untilMs }) => {
    const decision = decide(input);
    expect(`${decision.kind} ${decision.reason}`).toBe(decided);
    expect(decision.overridable).toEqual(overridable);
    if (untilMs !== undefined) expect(decision.untilMs).toBe(untilMs);
    const asked = decideHumanRequest(input);
    expect(`${asked.kind} ${asked.reason}`).toBe(byHand);
    expect(overrideTexts(input)).toHaveLength(overridable.length);
    expect(decision.text).not.toMatch(/undefined|null|NaN/);
  });

  it('has a case for every rail', () => {
    for (const rail of RAILS) {
      const bound = CASES.some(({ input }) => rail.test(input) !== null);
      expect(bound, `${rail.reason} binding ${rail.binds}`).toBe(true);
    }
  });

  it.each(RAILS.map((rail, index) => [`${rail.reason} binding ${rail.binds}`, index] as const))(
    'say something else without %s',
    (_, index) => {
      const said = (): readonly string[] =>
        CASES.map(({ input }) => JSON.stringify([decide(input), decideHumanRequest(input), overrideTexts(input)]));
      const before = said();
      const rails = RAILS as Rail[];
      const [taken] = rails.splice(index, 1);
      try {
        expect(said()).not.toEqual(before);
      } finally {
        rails.splice(index, 0, taken!);
      }
    },
  );

  it('is pure: the same input gives an equal decision', () => {
    for (const { input } of CASES) expect(decide(input)).toEqual(decide(structuredClone(input)));
  });
});
