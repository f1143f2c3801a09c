import { describe, expect, it } from 'vitest';
import { rememberRisk } from '../../../../src/app/engine/risk-memory.ts';
import { risk } from '../../../builders/deciding.ts';
import { deployment } from '../../../builders/judging.ts';

describe('rememberRisk', () => {
  it('asks once for each deployment, also where the answer is that nothing is known', () => {
    const asked: string[] = [];
    const riskOf = rememberRisk(({ version }) => {
      asked.push(version);
      return version === 'v2' ? risk('HIGH', 0.4) : null;
    });
    const two = deployment({ version: 'v2' });
    const three = deployment({ version: 'v3' });
    expect([riskOf(two), riskOf(three), riskOf(two), riskOf(three)]).toEqual([
      risk('HIGH', 0.4),
      null,
      risk('HIGH', 0.4),
      null,
    ]);
    expect(asked).toEqual(['v2', 'v3']);
  });

  it('does not ask about a return to an old version', () => {
    const riskOf = rememberRisk(() => {
      throw new Error('asked');
    });
    expect(riskOf(deployment({ origin: 'rollback' }))).toBeNull();
  });
});
