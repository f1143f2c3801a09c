import * as fc from 'fast-check';
import type { FailureType } from '../../src/core/decide/strategy/failure-type.ts';
import type { Situation } from '../../src/core/decide/strategy/situation.ts';
import { PLAIN_ABILITIES, type PlatformAbilities } from '../../src/core/model/abilities.ts';
import type { Strategy } from '../../src/core/model/rollback.ts';

export const ALL_STRATEGIES: readonly Strategy[] = ['full', 'progressive', 'partial', 'blue-green', 'ab'];

/** A platform that can do everything. */
export const ABLE_TO_ALL: PlatformAbilities = {
  actions: ['undo', 'check-capacity', 'scale', 'traffic', 'switch', 'drain'],
  strategies: ALL_STRATEGIES,
  whyNot: {},
  trafficWeights: true,
  versions: 'any',
  instantSwitch: true,
  sideBySide: true,
  readsBack: true,
  reversible: true,
};

export function situation(change: Partial<Situation> = {}): Situation {
  return {
    failure: 'errors',
    severity: 'serious',
    blastRadius: 1,
    confidence: 0.95,
    risk: null,
    trafficPerMinute: 500,
    blamed: [],
    components: [],
    notUndone: [],
    abilities: ABLE_TO_ALL,
    ...change,
  };
}

const FAILURES: readonly FailureType[] = ['crash', 'errors', 'latency', 'saturation', 'business-only', 'unclear'];

/** Any platform: strategies are a subset, with a reason for each it lacks. */
export const anyAbilities: fc.Arbitrary<PlatformAbilities> = fc
  .record({ strategies: fc.subarray([...ALL_STRATEGIES]), reversible: fc.boolean(), sideBySide: fc.boolean() })
  .map(({ strategies, ...rest }) => ({
    ...ABLE_TO_ALL,
    ...rest,
    strategies,
    whyNot: Object.fromEntries(
      ALL_STRATEGIES.filter((one) => !strategies.includes(one)).map((one) => [one, 'it cannot']),
    ),
  }));

export const anySituation: fc.Arbitrary<Situation> = fc.record({
  failure: fc.constantFrom(...FAILURES),
  severity: fc.constantFrom('slight', 'serious', 'severe'),
  blastRadius: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  risk: fc.constantFrom('LOW', 'HIGH', null),
  trafficPerMinute: fc.option(fc.double({ min: 0, max: 10_000, noNaN: true })),
  components: fc.constantFrom([], ['api', 'web', 'worker']),
  blamed: fc.constantFrom([], ['api'], ['api', 'web', 'worker']),
  notUndone: fc.constantFrom([], ['migration 12']),
  abilities: anyAbilities,
});

export { PLAIN_ABILITIES };
