import { expect, it } from 'vitest';
import { proposalLines } from '../../../src/cli/proposal-text.ts';
import { pipeline, proposal } from '../../fakes/snapshots.ts';
import { foreseen } from '../../fakes/warnings.ts';

it('says what was seen with its unit and what was expected, and what is on its way', () => {
  const { predicted = [] } = foreseen(pipeline('checkout')).verdict;
  const text = proposalLines(proposal({ predicted })).join('\n');
  expect(text).toContain('  because    response_time 912 ms (limit 600), 3 in a row');
  expect(text).toContain('  forecast   memory_usage reaches 90 % in 14 min (9–22)');
  expect(text).toMatch(/answer {5}rollwatch approve \S+ {3}or {3}rollwatch dismiss/);
  const ahead = proposal({ because: 'predicted', evidence: [], predicted });
  expect(proposalLines(ahead).join('\n')).toContain('  because    nothing has failed yet');
  const asked = proposal({ because: 'human-asked', evidence: [] });
  expect(proposalLines(asked).join('\n')).toContain('  because    a person asked');
});
