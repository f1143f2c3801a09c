import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDir, until } from '../fakes/act-bench.ts';

/** The program from its source, on logs that grow; shares of the traffic are a file that the load follows. */
const MAIN = join(import.meta.dirname, '../../src/main.ts');
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate';

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

let world: string;
let writer: NodeJS.Timeout;
/** Errors in percent at a share of v1. */
let errorsAt: (share: number) => number;

beforeEach(() => {
  world = temporaryDir();
  errorsAt = (share) => (share === 100 ? 0.2 : 6);
  mkdirSync(join(world, 'logs'));
  mkdirSync(join(world, 'home'));
  put('share', '0\n');
  script('rollback.sh', `echo full >> ${world}/effects\necho 100 > ${world}/share\n`);
  script('traffic.sh', `echo $1 >> ${world}/effects\necho $1 > ${world}/share\n`);
  script('check.sh', `grep -qx $1 ${world}/share\n`);
  script('version.sh', `[ "$(cat ${world}/share)" = 100 ] && echo v1 || echo v2\n`);
  configure();
  const history = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1_000, 0.2));
  put('logs/metrics_checkout.csv', `${HEADER}\n${history.join('\n')}\n`);
  writer = setInterval(() => {
    const share = Number(readFileSync(join(world, 'share'), 'utf8'));
    appendFileSync(join(world, 'logs/metrics_checkout.csv'), `${row(Date.now(), errorsAt(share))}\n`);
  }, 200);
});
afterEach(() => {
  clearInterval(writer);
  rmSync(world, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  writeFileSync(join(world, name), text, { mode: 0o600 });
}

function script(name: string, body: string): void {
  writeFileSync(join(world, name), `#!/bin/sh\n${body}`);
  chmodSync(join(world, name), 0o755);
}

function row(atMs: number, errors: number): string {
  return `${new Date(atMs).toISOString()},40,50,${errors > 1 ? 900 : 120 + (atMs % 7)},${errors}`;
}

function configure(production = false, command = "[./rollback.sh, '{to}']"): void {
  put(
    'rollwatch.yaml',
    `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments:
  live: { mode: ask, production: ${String(production)} }
pipelines:
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

function rollwatch(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args, '--state-dir', join(world, 'state')], {
      cwd: world,
      env: { PATH: process.env['PATH']!, HOME: join(world, 'home'), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.once('close', (code) => resolve({ code, out, error }));
  });
}

const effects = (): readonly string[] => {
  const path = join(world, 'effects');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
};

async function deployed(): Promise<void> {
  await rollwatch('config', 'trust');
  await rollwatch('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs');
}

describe('a rollback by hand', { timeout: 120_000 }, () => {
  it('is planned with its reasons and exact calls, and nothing is run', async () => {
    await deployed();
    const plan = await rollwatch('rollback', 'plan', '--strategy', 'progressive');
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.out).toContain('roll checkout back: v2 → v1 in live');
    expect(plan.out).toMatch(/progressive: chosen by \w+/);
    expect(plan.out).toContain('1. 10 % of the traffic to v1; health is judged before the next: ');
    const chosen = await rollwatch('rollback', 'plan');
    expect(chosen.out).toContain('not blue-green: no command is configured that switches all traffic');
    expect(plan.out).toMatch(/\* v1 +age unknown +never judged/);
    const dry = await rollwatch('rollback', 'plan', '--dry-run', '--strategy', 'full');
    expect(dry.out).toBe(`${world}/rollback.sh v1\n`);
    const wrong = await rollwatch('rollback', 'plan', '--strategy', 'blue-green');
    expect(wrong).toMatchObject({ code: 14, out: '' });
    expect(effects()).toEqual([]);
  });

  it('is run with --yes, read back, and recorded; the second finds nothing to do', async () => {
    await deployed();
    const refused = await rollwatch('rollback', 'run', '--pipeline', 'checkout');
    expect(refused.code).toBe(2);
    const run = await rollwatch('rollback', 'run', '--pipeline', 'checkout', '--strategy', 'full', '--yes', '--json');
    expect([run.code, run.error]).toEqual([12, run.error]);
    expect(JSON.parse(run.out)).toMatchObject({ execution: { state: 'done', toVersion: 'v1' } });
    expect(effects()).toEqual(['full']);
    const history = await rollwatch('rollback', 'history');
    expect(history.out).toMatch(/checkout +v2 → v1 +done/);
    expect((await rollwatch('rollback', 'status')).out).toContain('nothing is under way');
    const again = await rollwatch('rollback', 'run', '--pipeline', 'checkout', '--strategy', 'full', '--yes');
    expect(again.code).toBe(14);
    expect(effects()).toEqual(['full']);
  });

  it('needs the name in production', async () => {
    configure(true);
    await deployed();
    const refused = await rollwatch('rollback', 'run', '--strategy', 'full', '--yes');
    expect(refused).toMatchObject({ code: 14 });
    expect(refused.error).toContain('type the name of the pipeline exactly');
    expect(effects()).toEqual([]);
    const run = await rollwatch('rollback', 'run', '--strategy', 'full', '--yes', '--name', 'checkout');
    expect([run.code, run.error]).toEqual([12, run.error]);
  });

  it('that answers well and changes nothing is failed: exit 13', async () => {
    script('nothing.sh', 'echo OK\n');
    configure(false, '[./nothing.sh]');
    await deployed();
    put('rollwatch.yaml', readFileSync(join(world, 'rollwatch.yaml'), 'utf8').replace('within: 20s', 'within: 2s'));
    await rollwatch('config', 'trust');
    const run = await rollwatch('rollback', 'run', '--strategy', 'full', '--yes');
    expect(run.out).toContain('failed: rollback failed: still version v2');
    expect(run.code).toBe(13);
  });

  it('stops after the present step when it is aborted from another shell', async () => {
    await deployed();
    const running = rollwatch('rollback', 'run', '--strategy', 'progressive', '--yes');
    await until('the first step', () => effects().length === 1);
    const abort = await rollwatch('rollback', 'abort', '--pipeline', 'checkout', '--reason', 'enough');
    expect(abort).toMatchObject({ code: 0, out: 'stops after the present step: checkout\n' });
    const end = await running;
    expect(end.out).toContain('stopped before step 2 of 4');
    expect(end.out).toContain('(enough)');
    expect(effects()).toEqual(['10']);
    const plan = await rollwatch('rollback', 'plan', '--strategy', 'progressive');
    expect(plan.out).toContain('1. 25 % of the traffic to v1');
  });

  it('says what it will not undo, from the difference of the commits, and is blocked where the policy says so', async () => {
    const repo = join(world, 'repo');
    mkdirSync(join(repo, 'db/migrations'), { recursive: true });
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', repo, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'v1');
    const v1 = git('rev-parse', 'HEAD');
    writeFileSync(join(repo, 'db/migrations/012_drop.sql'), 'drop table orders;');
    git('add', '.');
    git('commit', '-q', '-m', 'v2');
    const written = readFileSync(join(world, 'rollwatch.yaml'), 'utf8');
    put('rollwatch.yaml', `${written}      review: { repository: repo, block: true }\n`);
    await rollwatch('config', 'trust');
    const at = new Date(Date.now() - 600_000).toISOString();
    const announce = ['deployed', '--pipeline', 'checkout', '--logs', 'logs'];
    await rollwatch(...announce, '--version', 'v1', '--commit', v1, '--at', at);
    await rollwatch(...announce, '--version', 'v2', '--previous', 'v1', '--commit', git('rev-parse', 'HEAD'));
    const plan = await rollwatch('rollback', 'plan');
    expect(plan.out).toContain('will not be undone:\n  data migrations stay as they are: db/migrations/012_drop.sql');
    expect(plan.out).toContain('better than back, roll forward:\n  a fix on top');
    expect(plan.out).toMatch(/\* v1 +\S.* old +never judged +a +1 commit, 1 file since/);
    const run = await rollwatch('rollback', 'run', '--strategy', 'full', '--yes', '--reason', 'it is bad');
    expect(run).toMatchObject({ code: 14 });
    expect(run.error).toContain('the policy blocks it: data migrations stay as they are');
    expect(effects()).toEqual([]);
    const reason = ['--override', '--reason', 'the table was empty'];
    const overridden = await rollwatch('rollback', 'run', '--strategy', 'full', '--yes', ...reason);
    expect([overridden.code, overridden.error]).toEqual([12, overridden.error]);
    expect(effects()).toEqual(['full']);
    const audit = await rollwatch('audit', 'list', '--type', 'proposal-closed');
    expect(audit.out).toContain('the table was empty; overrode: the policy blocks it: data migrations stay');
  });

  it('asks the hook, and shows what it says and what it could not find out', async () => {
    const facts = { notUndone: ['the cache keeps the new format'], rollForward: ['deploy v2.1'], unknown: ['billing'] };
    script('hook.sh', `[ "$ROLLWATCH_PIPELINE $1 $2" = 'checkout v2 v1' ] && echo '${JSON.stringify(facts)}'\n`);
    const written = readFileSync(join(world, 'rollwatch.yaml'), 'utf8');
    put('rollwatch.yaml', `${written}      review: { hook: [./hook.sh] }\n`);
    await deployed();
    const plan = await rollwatch('rollback', 'plan');
    expect(plan.out).toContain('will not be undone:\n  the cache keeps the new format');
    expect(plan.out).toContain('could not be looked at:\n  billing');
    expect(plan.out).toContain('roll forward:\n  deploy v2.1');
    script('hook.sh', `echo '{"notUndone": "x"}'\n`);
    const changed = await rollwatch('rollback', 'plan');
    expect(changed.out).toContain('was not looked at: the config is not trusted');
    await rollwatch('config', 'trust');
    const wrong = await rollwatch('rollback', 'plan');
    expect(wrong.out).toContain('not understood: "notUndone" is not a list of sentences');
  });
});
