import { describe, expect, it } from 'vitest';
import {
  BY_SERIOUSNESS,
  mostSerious,
  outcomeOf,
  type EndState,
  type Outcome,
} from '../../../../src/core/session/outcome.ts';

const quiet: EndState = { phase: 'Successful', decision: 'hold', execution: null };

const rows: readonly (readonly [string, Partial<EndState>, Outcome])[] = [
  ['a healthy pipeline', {}, 'fine'],
  ['a question that stayed open', { phase: 'Failed', decision: 'ask' }, 'asked'],
  ['a recommended rollback', { phase: 'Failed', decision: 'rollback' }, 'asked'],
  ['too little to judge', { phase: 'Inconclusive' }, 'inconclusive'],
  ['no data', { phase: 'NoData' }, 'inconclusive'],
  ['a failure that nobody acted on', { phase: 'Failed', decision: 'hold' }, 'asked'],
  ['a refusal', { phase: 'Failed', decision: 'refuse' }, 'refused'],
  ['a rollback that recovered', { phase: 'Failed', execution: { state: 'done', dryRun: false } }, 'rolled-back'],
  ['a rollback without proof', { execution: { state: 'unverified', dryRun: false } }, 'rollback-failed'],
  [
    'a rollback that was left before its proof',
    { execution: { state: 'verifying', dryRun: false } },
    'rollback-failed',
  ],
  ['a lost supervisor', { execution: { state: 'unknown', dryRun: false } }, 'rollback-failed'],
  ['restored, still bad', { execution: { state: 'restored-unhealthy', dryRun: false } }, 'restored-unhealthy'],
  ['a dry run', { phase: 'Failed', decision: 'ask', execution: { state: 'unverified', dryRun: true } }, 'asked'],
  [
    'a cancelled attempt',
    { phase: 'Failed', decision: 'ask', execution: { state: 'cancelled', dryRun: false } },
    'asked',
  ],
];

describe('outcomeOf', () => {
  it.each(rows)('%s', (_name, change, expected) => expect(outcomeOf({ ...quiet, ...change })).toBe(expected));
});

describe('mostSerious', () => {
  it('is fine for no pipeline', () => expect(mostSerious([])).toBe('fine'));
  it.each(BY_SERIOUSNESS.slice(1).map((one, i) => [BY_SERIOUSNESS[i]!, one] as const))(
    '%s outranks %s',
    (worse, other) => {
      expect(mostSerious([other, worse])).toBe(worse);
    },
  );
});
