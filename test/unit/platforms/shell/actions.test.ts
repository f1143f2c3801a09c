import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { strategicPlan } from '../../../../src/app/rollback/strategic-plan.ts';
import { shell } from '../../../../src/platforms/shell/index.ts';
import type { Platform } from '../../../../src/ports/platform.ts';
import { verdict } from '../../../builders/deciding.ts';
import { removeDir, script, temporaryDir } from '../../../fakes/act-bench.ts';

let root: string;
let program: string;
beforeEach(() => {
  root = temporaryDir();
  program = script(join(root, 'rollback'), 'true');
});
afterEach(() => removeDir(root));

const request = { pipeline: 'checkout', environment: null, deploymentId: 'd', fromVersion: 'v2', toVersion: 'v1' };

function platform(change: object = {}): Platform {
  const context = { baseDir: root, host: { name: 'box', machineId: 'abc' }, home: '/', dryRunBecause: null };
  return shell.create(shell.schema.parse({ command: [program], ...change }), context);
}

function withTraffic(): Platform {
  const actions = {
    traffic: [program, 'traffic', '{percent}', '{to}'],
    capacity: [program, 'capacity', '{percent}'],
    readBack: [program, 'check', '{percent}'],
  };
  return platform({ actions, version: [program] });
}

describe('the shell platform', () => {
  it('can do what is configured, and says why not the rest', () => {
    expect(platform().abilities!()).toMatchObject({ actions: ['undo'], strategies: ['full'], trafficWeights: false });
    expect(withTraffic().abilities!()).toMatchObject({ strategies: ['full', 'progressive', 'ab'], sideBySide: true });
    expect(Object.keys(withTraffic().abilities!().whyNot)).toEqual(['partial', 'blue-green']);
    expect(() => platform().plan({ ...request, strategy: 'progressive' })).toThrow('progressive cannot be done');
    expect(() => platform().plan({ ...request, actions: [{ kind: 'drain' }] })).toThrow(
      'no command is configured for drain',
    );
  });

  it('makes a step of each action, with its share as an argument and its own read-back', () => {
    const plan = strategicPlan(withTraffic(), request, { strategy: 'progressive', chosenBy: 'ann' });
    expect(plan.steps.map(({ command }) => command.argv.slice(1))).toEqual([
      ['capacity', '100'],
      ['traffic', '10', 'v1'],
      ['traffic', '25', 'v1'],
      ['traffic', '50', 'v1'],
      ['traffic', '100', 'v1'],
    ]);
    expect(plan.steps.map(({ readBack }) => readBack?.argv.at(-1))).toEqual([undefined, '10', '25', '50', '100']);
    expect(plan.steps.map(({ judge }) => (judge ?? null) !== null)).toEqual([false, true, true, true, false]);
    expect(plan.strategyBecause).toContain('progressive: chosen by ann');
  });
});

describe('a plan by the situation', () => {
  it('is the one the rules pick, with its reasons, and goes on where an earlier attempt stopped', () => {
    const severe = strategicPlan(withTraffic(), request, { verdict: verdict() });
    expect(severe.strategy).toBe('progressive');
    const served = strategicPlan(withTraffic(), request, { verdict: verdict(), servedPercent: 25 });
    expect(served.steps.map(({ text }) => text)).toEqual([
      'capacity of v1 for 100 % of the traffic',
      '50 % of the traffic to v1',
      '100 % of the traffic to v1',
    ]);
  });

  it('needs a person where nothing decides, and says what it leaves', () => {
    const unsure = strategicPlan(platform(), request, {
      verdict: verdict({ confidence: 0.4, health: { value: 50, confidence: 1, parts: [] } }),
      left: [{ kind: 'migrations', text: 'migration 12' }],
    });
    expect(unsure).toMatchObject({
      strategy: 'full',
      needsPerson: 'full: a person decides',
      notUndone: ['migration 12'],
    });
    expect(() => strategicPlan(platform(), request, { strategy: 'ab' })).toThrow('ab cannot be done');
  });
});
