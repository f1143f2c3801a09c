import { describe, expect, it } from 'vitest';
import { groupEnd } from '../../src/core/plan/group-end.ts';
import { approve } from '../fakes/act-bench.ts';
import { startDriver } from '../fakes/driver-process.ts';
import { groupBench } from '../fakes/group-bench.ts';

const SERVICES = ['web', 'api', 'db'] as const;

describe('kill -9 of a group rollback', { timeout: 60_000 }, () => {
  it.each([
    ['before the first service', 'approved by', []],
    ['as the first begins', '1 of 3: web goes back', []],
    ['when the first was read back', '1 of 3: web is', ['web']],
    ['when the first was judged', 'web health', ['web']],
    ['as the second begins', '2 of 3: api goes back', ['web']],
    ['when the second was read back', '2 of 3: api is', ['web', 'api']],
    ['as the last begins', '3 of 3: db goes back', ['web', 'api']],
    ['when the last was read back', '3 of 3: db is', ['web', 'api', 'db']],
  ] as const)('%s leaves a truthful state, and nothing more is begun', async (_, text, effects) => {
    const group = groupBench(SERVICES);
    group.health = () => 95;
    const { bench, executor } = group;
    try {
      const question = group.question();
      approve(bench.store, question);
      const { signal } = await startDriver(bench.dir.path, 'group', question.id, text).ended();
      expect(signal).toBe('SIGKILL');
      await bench.executor.reconcile();
      const [run, ...others] = executor.settle();
      expect(others).toEqual([]);
      expect(group.effects()).toEqual(effects);
      expect(SERVICES.filter((one) => group.isBack(one))).toEqual(effects);
      const went = run!.steps.filter(({ state }) => state === 'done').map(({ pipeline }) => pipeline);
      expect(went).toEqual(effects);
      expect(run!.state).toBe(groupEnd(run!.steps.map(({ state }) => state)));
      expect(run!.text).toContain('rollwatch was restarted meanwhile');
      expect(run!.endedAtMs).not.toBeNull();
      expect(executor.settle()).toEqual([]);
      // Whoever asks for it again gets what became of it.
      expect(await executor.execute(question, bench.store.approval(question.id)!)).toEqual(run);
      expect(group.effects()).toEqual(effects);
    } finally {
      bench.close();
    }
  });
});
