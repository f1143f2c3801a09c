import { describe, expect, it } from 'vitest';
import { TERMINAL_STATES, type Execution, type ExecutionState } from '../../../../src/core/model/rollback.ts';
import { canMove, isSettled, moved } from '../../../../src/core/session/execution-machine.ts';

const STATES: readonly ExecutionState[] = [
  'planned',
  'approved',
  'leased',
  'executing',
  'verifying',
  'done',
  'restored-unhealthy',
  'unverified',
  'failed',
  'cancelled',
  'unknown',
];

describe('the execution machine', () => {
  it('reaches success only by way of verifying, and verifying only by way of a lease', () => {
    expect(STATES.filter((state) => canMove(state, 'done'))).toEqual(['verifying', 'unknown']);
    expect(STATES.filter((state) => canMove(state, 'verifying'))).toEqual(['executing', 'verifying', 'unknown']);
    expect(STATES.filter((state) => canMove(state, 'executing'))).toEqual(['leased', 'executing']);
    expect(STATES.filter((state) => canMove(state, 'leased'))).toEqual(['approved']);
  });

  it('never runs what is unknown again', () => {
    expect(canMove('unknown', 'executing')).toBe(false);
    expect(canMove('unknown', 'leased')).toBe(false);
  });

  it('settles every end but unknown', () => {
    expect(STATES.filter(isSettled)).toEqual([...TERMINAL_STATES].filter((state) => state !== 'unknown'));
  });

  it('says no to a step it does not have', () => {
    const execution = { id: 'e', state: 'done' } as Execution;
    expect(() => moved(execution, 'executing')).toThrow('execution e cannot go from done to executing');
    expect(moved({ ...execution, state: 'leased' }, 'executing', { text: 't' })).toMatchObject({
      state: 'executing',
      text: 't',
    });
  });
});
