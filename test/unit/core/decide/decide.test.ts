import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/decide/decide.ts';
import type { Policy } from '../../../../src/core/model/policy.ts';
import type { Verdict } from '../../../../src/core/model/verdict.ts';
import { failing, risk, verdict } from '../../../builders/deciding.ts';
import { standing } from '../../../builders/engine.ts';
import { deployment } from '../../../builders/judging.ts';

describe('guarded', () => {
  it.each([
    { change: { phase: 'Pending', reason: 'warming-up' }, decided: 'hold not-yet' },
    { change: { phase: 'Inconclusive', reason: 'too-few-samples' }, decided: 'hold not-yet' },
    { change: { phase: 'Inconclusive', reason: 'too-little-traffic' }, decided: 'hold not-yet' },
    { change: { phase: 'Running', reason: 'watching' }, decided: 'hold not-yet' },
    { change: { phase: 'Running', reason: 'anomaly-pending' }, decided: 'hold not-yet' },
    { change: { phase: 'Running', reason: 'bad-before' }, decided: 'hold bad-before' },
    { change: { phase: 'Running', reason: 'recovered' }, decided: 'hold not-yet' },
    { change: { phase: 'NoData', reason: 'stale', freshness: 'stale' }, decided: 'hold no-data' },
    { change: { phase: 'NoData', reason: 'no-data' }, decided: 'hold no-data' },
    { change: { phase: 'NoData', reason: 'future-dated', freshness: 'future' }, decided: 'hold not-live' },
    { change: { phase: 'Error', reason: 'analysis-error' }, decided: 'hold not-yet' },
    { change: { phase: 'Successful', reason: 'healthy' }, decided: 'hold healthy' },
    { change: { phase: 'Successful', reason: 'watching', freshness: 'recorded' }, decided: 'hold not-live' },
    { change: { phase: 'Successful', reason: 'anomaly' }, decided: 'hold anomaly' },
  ] as const)('does nothing about $change.phase, $change.reason', ({ change, decided }) => {
    const decision = decide(failing({ verdict: verdict(change) }));
    expect(`${decision.kind} ${decision.reason}`).toBe(decided);
  });

  it.each(['watching', 'warming-up', 'healthy'] as const)('risk alone never rolls back: HIGH and %s', (reason) => {
    const phase = reason === 'healthy' ? 'Successful' : 'Running';
    const decision = decide(failing({ verdict: verdict({ phase, reason }), risk: risk('HIGH', 0.99) }));
    expect(decision.kind).toBe('hold');
  });

  it('rule 1: recorded data is never called healthy', () => {
    for (const freshness of ['recorded', 'replayed', 'stale', 'future'] as const) {
      const decision = decide(failing({ verdict: verdict({ phase: 'Successful', reason: 'watching', freshness }) }));
      expect(decision.reason).not.toBe('healthy');
    }
  });

  it('names risk and anomaly where both speak', () => {
    expect(decide(failing({ risk: risk('HIGH', 0.78) }))).toMatchObject({
      kind: 'rollback',
      reason: 'risk-high-and-anomaly',
    });
  });
});

describe('a limit that is foreseen', () => {
  const soon = {
    metric: 'memory_usage',
    unit: 'percent',
    limit: 90,
    inMs: 840_000,
    earliestMs: 540_000,
    latestMs: 1_320_000,
  } as const;
  const text = 'memory_usage reaches 90 % in 14 min (9–22)';
  const ahead: Partial<Verdict> = { phase: 'Running', reason: 'watching', text, evidence: [], predicted: [soon] };
  const decided = (change: Partial<Verdict>, policyChange: Partial<Policy> = {}) =>
    decide(failing({ verdict: verdict({ ...ahead, ...change }) }, policyChange));

  it.each(['ask', 'auto'] as const)('is asked about and never acted on, in mode %s', (mode) => {
    expect(decided({}, { mode })).toMatchObject({
      kind: 'ask',
      reason: 'predicted',
      text: 'not failed yet: memory_usage reaches 90 % in 14 min (9–22); roll back v2 → v1?',
    });
  });

  it('is only shown where it is far, where nothing may be asked, and where a rail stops all', () => {
    expect(decided({ predicted: [{ ...soon, inMs: 1_000_000 }] }).kind).toBe('hold');
    expect(decided({}, { mode: 'observe' }).kind).toBe('hold');
    expect(decided({ phase: 'Successful', reason: 'healthy' }).kind).toBe('hold');
    const halted = failing({ verdict: verdict(ahead), standing: standing({ halted: 'night' }) });
    expect(decide(halted)).toMatchObject({ kind: 'hold', reason: 'not-yet' });
  });

  it('gives way to a failure', () => {
    expect(decide(failing({ verdict: verdict({ predicted: [soon] }) })).reason).toBe('anomaly');
  });
});

describe('seed', () => {
  const seed = { name: 'seed' } as const satisfies Partial<Policy>;
  const well: Partial<Verdict> = { phase: 'Running', reason: 'watching', evidence: [] };

  it.each([
    { label: 'LOW', anomaly: false, decided: 'hold healthy' },
    { label: 'LOW', anomaly: true, decided: 'rollback anomaly' },
    { label: 'HIGH', anomaly: false, decided: 'rollback risk-high' },
    { label: 'HIGH', anomaly: true, decided: 'rollback risk-high-and-anomaly' },
  ] as const)('risk $label, anomaly $anomaly: $decided', ({ label, anomaly, decided }) => {
    const input = failing({ verdict: verdict(anomaly ? {} : well), anomaly, risk: risk(label, 0.5) }, seed);
    const decision = decide(input);
    expect(`${decision.kind} ${decision.reason}`).toBe(decided);
  });

  it('decides on the metrics alone where the risk is not known', () => {
    expect(decide(failing({ risk: null }, seed)).reason).toBe('anomaly');
    expect(decide(failing({ risk: null, anomaly: false, verdict: verdict(well) }, seed)).text).toContain(
      'risk unknown',
    );
  });

  it('proposes also without a deployment, on recorded data and in mode observe', () => {
    const input = failing(
      { deployment: deployment({ origin: 'inferred' }), verdict: verdict({ freshness: 'recorded' }), plan: null },
      { ...seed, mode: 'observe' },
    );
    expect(decide(input)).toMatchObject({ kind: 'rollback', reason: 'anomaly' });
  });

  it('rule 1: stale and future-dated data are no ground for a proposal', () => {
    for (const freshness of ['stale', 'future'] as const) {
      expect(decide(failing({ verdict: verdict({ freshness }) }, seed))).toMatchObject({
        kind: 'hold',
        reason: 'no-data',
      });
    }
  });

  it('rule 8: proposes nothing while halted', () => {
    expect(decide(failing({ standing: standing({ halted: 'x' }) }, seed)).reason).toBe('halted');
  });
});
