import type { Cause } from '../../src/core/model/cause.ts';

/** It began with the database behind it. */
export function causesSince(nowMs: number): readonly Cause[] {
  return [
    {
      service: 'ledger',
      metric: 'db_pool_wait_ms',
      unit: 'ms',
      observed: 84,
      expected: 1.2,
      onsetMs: nowMs - 262_000,
      score: 20,
      explains: ['checkout'],
    },
    {
      service: 'checkout',
      metric: 'response_time',
      unit: 'ms',
      observed: 912,
      expected: 150,
      onsetMs: nowMs - 233_000,
      score: 18,
      explains: [],
    },
  ];
}
