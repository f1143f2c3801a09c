import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../fakes/act-bench.ts';
import { liveWorld, type LiveWorld } from '../fakes/live-world.ts';

let world: LiveWorld;

/** Shares of the traffic are a file that the load follows: all is well once v1 has all of it. */
beforeEach(() => {
  world = liveWorld({ checkout: () => (world.read('share').trim() === '100' ? 0.2 : 6) });
  world.put('share', '0\n');
  world.script('rollback.sh', `echo full >> ${world.at('effects')}\necho 100 > ${world.at('share')}\n`);
  world.script('traffic.sh', `echo $1 >> ${world.at('effects')}\necho $1 > ${world.at('share')}\n`);
  world.script('check.sh', `grep -qx $1 ${world.at('share')}\n`);
  world.script('version.sh', `[ "$(cat ${world.at('share')})" = 100 ] && echo v1 || echo v2\n`);
  configure();
});
afterEach(() => world.close());

function configure(production = false, command = "[./rollback.sh, '{to}']"): void {
  world.put(
    'rollwatch.yaml',
    `${world.head(production)}pipelines:
  - match: '*'
    environment: live
    rollback:
      command: ${command}
      version: [./version.sh]
      timeout: 20s
      actions:
        traffic: [./traffic.sh, '{percent}']
        readBack: [./check.sh, '{percent}']
      verify: { healthAtLeast: 60, for: 1s, within: 20s }
`,
  );
}

async function deployed(): Promise<void> {
  await world.run('config', 'trust');
  await world.run('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
}

describe('a rollback by hand', { timeout: 120_000 }, () => {
  it('is planned with its reasons and exact calls, and nothing is run', async () => {
    await deployed();
    const plan = await world.run('rollback', 'plan', '--strategy', 'progressive');
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.out).toContain('roll checkout back: v2 → v1 in live');
    expect(plan.out).toMatch(/progressive: chosen by \w+/);
    expect(plan.out).toContain('1. 10 % of the traffic to v1; health is judged before the next: ');
    const chosen = await world.run('rollback', 'plan');
    expect(chosen.out).toContain('not blue-green: no command is configured that switches all traffic');
    expect(plan.out).toMatch(/\* v1 +age unknown +never judged/);
    const dry = await world.run('rollback', 'plan', '--dry-run', '--strategy', 'full');
    expect(dry.out).toBe(`${world.path}/rollback.sh v1\n`);
    const wrong = await world.run('rollback', 'plan', '--strategy', 'blue-green');
    expect(wrong).toMatchObject({ code: 14, out: '' });
    expect(world.effects()).toEqual([]);
  });

  it('is run with --yes, read back, and recorded; the second finds nothing to do', async () => {
    await deployed();
    const refused = await world.run('rollback', 'run', '--pipeline', 'checkout');
    expect(refused.code).toBe(2);
    const run = await world.run('rollback', 'run', '--pipeline', 'checkout', '--strategy', 'full', '--yes', '--json');
    expect([run.code, run.error]).toEqual([12, run.error]);
    expect(JSON.parse(run.out)).toMatchObject({ execution: { state: 'done', toVersion: 'v1' } });
    expect(world.effects()).toEqual(['full']);
    const history = await world.run('rollback', 'history');
    expect(history.out).toMatch(/checkout +v2 → v1 +done/);
    expect((await world.run('rollback', 'status')).out).toContain('nothing is under way');
    const again = await world.run('rollback', 'run', '--pipeline', 'checkout', '--strategy', 'full', '--yes');
    expect(again.code).toBe(14);
    expect(world.effects()).toEqual(['full']);
  });

  it('needs the name in production', async () => {
    configure(true);
    await deployed();
    const refused = await world.run('rollback', 'run', '--strategy', 'full', '--yes');
    expect(refused).toMatchObject({ code: 14 });
    expect(refused.error).toContain('type the name of the pipeline exactly');
    expect(world.effects()).toEqual([]);
    const run = await world.run('rollback', 'run', '--strategy', 'full', '--yes', '--name', 'checkout');
    expect([run.code, run.error]).toEqual([12, run.error]);
  });

  it('that answers well and changes nothing is failed: exit 13', async () => {
    world.script('nothing.sh', 'echo OK\n');
    configure(false, '[./nothing.sh]');
    await deployed();
    world.put('rollwatch.yaml', world.read('rollwatch.yaml').replace('within: 20s', 'within: 2s'));
    await world.run('config', 'trust');
    const run = await world.run('rollback', 'run', '--strategy', 'full', '--yes');
    expect(run.out).toContain('failed: rollback failed: still version v2');
    expect(run.code).toBe(13);
  });

  it('stops after the present step when it is aborted from another shell', async () => {
    await deployed();
    const running = world.run('rollback', 'run', '--strategy', 'progressive', '--yes');
    await until('the first step', () => world.effects().length === 1);
    const abort = await world.run('rollback', 'abort', '--pipeline', 'checkout', '--reason', 'enough');
    expect(abort).toMatchObject({ code: 0, out: 'stops after the present step: checkout\n' });
    const end = await running;
    expect(end.out).toContain('stopped before step 2 of 4');
    expect(end.out).toContain('(enough)');
    expect(world.effects()).toEqual(['10']);
    const plan = await world.run('rollback', 'plan', '--strategy', 'progressive');
    expect(plan.out).toContain('1. 25 % of the traffic to v1');
  });

  it('says what it will not undo, from the difference of the commits, and is blocked where the policy says so', async () => {
    const repo = world.at('repo');
    mkdirSync(`${repo}/db/migrations`, { recursive: true });
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', repo, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'v1');
    const v1 = git('rev-parse', 'HEAD');
    writeFileSync(`${repo}/db/migrations/012_drop.sql`, 'drop table orders;');
    git('add', '.');
    git('commit', '-q', '-m', 'v2');
    const written = world.read('rollwatch.yaml');
    world.put('rollwatch.yaml', `${written}      review: { repository: repo, block: true }\n`);
    await world.run('config', 'trust');
    const at = new Date(Date.now() - 600_000).toISOString();
    const announce = ['deployed', '--pipeline', 'checkout', '--logs', 'logs'];
    await world.run(...announce, '--version', 'v1', '--commit', v1, '--at', at);
    await world.run(...announce, '--version', 'v2', '--previous', 'v1', '--commit', git('rev-parse', 'HEAD'));
    const plan = await world.run('rollback', 'plan');
    expect(plan.out).toContain('will not be undone:\n  data migrations stay as they are: db/migrations/012_drop.sql');
    expect(plan.out).toContain('better than back, roll forward:\n  a fix on top');
    expect(plan.out).toMatch(/\* v1 +\S.* old +never judged +a +1 commit, 1 file since/);
    const run = await world.run('rollback', 'run', '--strategy', 'full', '--yes', '--reason', 'it is bad');
    expect(run).toMatchObject({ code: 14 });
    expect(run.error).toContain('the policy blocks it: data migrations stay as they are');
    expect(world.effects()).toEqual([]);
    const reason = ['--override', '--reason', 'the table was empty'];
    const overridden = await world.run('rollback', 'run', '--strategy', 'full', '--yes', ...reason);
    expect([overridden.code, overridden.error]).toEqual([12, overridden.error]);
    expect(world.effects()).toEqual(['full']);
    const audit = await world.run('audit', 'list', '--type', 'proposal-closed');
    expect(audit.out).toContain('the table was empty; overrode: the policy blocks it: data migrations stay');
  });

  it('asks the hook, and shows what it says and what it could not find out', async () => {
    const facts = { notUndone: ['the cache keeps the new format'], rollForward: ['deploy v2.1'], unknown: ['billing'] };
    world.script('hook.sh', `[ "$ROLLWATCH_PIPELINE $1 $2" = 'checkout v2 v1' ] && echo '${JSON.stringify(facts)}'\n`);
    const written = world.read('rollwatch.yaml');
    world.put('rollwatch.yaml', `${written}      review: { hook: [./hook.sh] }\n`);
    await deployed();
    const plan = await world.run('rollback', 'plan');
    expect(plan.out).toContain('will not be undone:\n  the cache keeps the new format');
    expect(plan.out).toContain('could not be looked at:\n  billing');
    expect(plan.out).toContain('roll forward:\n  deploy v2.1');
    world.script('hook.sh', `echo '{"notUndone": "x"}'\n`);
    const changed = await world.run('rollback', 'plan');
    expect(changed.out).toContain('was not looked at: the config is not trusted');
    await world.run('config', 'trust');
    const wrong = await world.run('rollback', 'plan');
    expect(wrong.out).toContain('not understood: "notUndone" is not a list of sentences');
  });
});
