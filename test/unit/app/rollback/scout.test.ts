import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScout, type ScoutDeps } from '../../../../src/app/rollback/scout.ts';
import type { ReviewChoice } from '../../../../src/config/rollback-ways.ts';
import { DEFAULT_REVIEW } from '../../../../src/core/decide/review.ts';
import type { Inquiry } from '../../../../src/core/model/findings.ts';
import type { CommandSpec } from '../../../../src/core/model/rollback.ts';
import type { Platform } from '../../../../src/ports/platform.ts';
import { plan } from '../../../builders/engine.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const INQUIRY: Inquiry = {
  pipeline: 'checkout',
  environment: 'live',
  deploymentId: 'checkout@v2@1',
  fromVersion: 'v2',
  toVersion: 'v1',
  fromCommit: null,
  toCommit: null,
  versions: [
    { version: 'v1', commit: null },
    { version: '0.9', commit: null },
    { version: '--output=x', commit: null },
  ],
};

/** A repository in which v1 and v0.9 are tags and v2 is the head. */
function repository(): { readonly path: string; readonly head: string } {
  const path = join(folder.path, 'repo');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', path, '-c', 'user.name=Ann', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });
  mkdirSync(join(path, 'db/migrations'), { recursive: true });
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'begin');
  git('tag', 'v0.9');
  writeFileSync(join(path, 'src.ts'), 'one');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  git('tag', 'v1');
  writeFileSync(join(path, 'db/migrations/1.sql'), 'drop');
  git('add', '.');
  git('commit', '-q', '-m', 'two');
  return { path, head: git('rev-parse', 'HEAD').trim() };
}

function hook(body: string): readonly string[] {
  const path = join(folder.path, 'hook.sh');
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return [path];
}

function choice(change: Partial<ReviewChoice> & { readonly hook?: readonly string[] }): ReviewChoice {
  const { hook: argv = null, ...rest } = change;
  return {
    ...DEFAULT_REVIEW,
    repository: null,
    baseDir: folder.path,
    block: [],
    ignore: [],
    timeoutMs: 20_000,
    programs: () => ({ git: '/usr/bin/git', hook: argv }),
    ...rest,
  };
}

function platform(facts: string): Platform {
  const command = (text: string): CommandSpec => ({
    argv: ['/bin/sh', '-c', text],
    cwd: '/',
    env: {},
    timeoutMs: 20_000,
  });
  return {
    name: 'shell',
    target: () => ({ platform: 'shell', id: 'x', text: 'x' }),
    plan: (request) => plan(request),
    versionReader: () => null,
    factsReader: () => command(facts),
  };
}

function scout(change: Partial<ScoutDeps> = {}) {
  return createScout({
    env: {},
    platform: () => null,
    rollbackFor: () => null,
    store: { recentDeployments: () => [] },
    nowMs: () => 7,
    whyNot: () => null,
    ...change,
  });
}

const reviewed = (review: ReviewChoice) => scout({ rollbackFor: () => ({ review }) });

describe('the scout', () => {
  it('reads the difference of the commits, found by announcement or tag, and what changed since each version', async () => {
    const { path, head } = repository();
    const found = await reviewed(choice({ repository: path })).find({ ...INQUIRY, fromCommit: head });
    expect(found).toMatchObject({
      pipeline: 'checkout',
      deploymentId: 'checkout@v2@1',
      toVersion: 'v1',
      atMs: 7,
      left: [{ kind: 'migrations', text: 'data migrations stay as they are: db/migrations/1.sql' }],
      doubts: [],
      lookedAt: ['git: 1 file changed'],
    });
    expect(found.versions.map(({ version, by, change }) => [version, by, change])).toEqual([
      ['v1', 'Ann', '1 commit, 1 file since'],
      ['0.9', 'Ann', '2 commits, 2 files since'],
    ]);
  });

  it('says which commit is not known, and why a repository could not be read', async () => {
    const { path } = repository();
    const unknown = await reviewed(choice({ repository: path })).find({
      ...INQUIRY,
      fromVersion: '-x',
      toVersion: 'w',
    });
    expect(unknown.doubts).toEqual([
      'migrations and configuration were not looked for: no commit is known of -x; no commit is known of w',
    ]);
    const missing = await reviewed(choice({ repository: path })).find({ ...INQUIRY, fromCommit: 'abcdef0' });
    expect(missing.doubts).toEqual([
      'migrations and configuration were not looked for: commit abcdef0 of v2 is not in the repository',
    ]);
    expect(unknown.lookedAt).toEqual([]);
    const none = await reviewed(choice({ repository: folder.path })).find(INQUIRY);
    expect(none.doubts).toEqual([
      expect.stringMatching(
        /^migrations .* not looked for: git exited with 128 \(fatal: not a git repository/,
      ) as string,
    ]);
  });

  it.each([
    ['{"notUndone":["a"],"block":["b"],"rollForward":["c"],"unknown":["d"]}', ['a', 'b'], ['d'], ['c']],
    ['{"notundone":["a"]}', [], ['what the review hook printed is not understood: "notundone": known are notUndone, block, rollForward, unknown'], []], // prettier-ignore
    ['{"block":"b"}', [], ['what the review hook printed is not understood: "block" is not a list of sentences'], []],
  ])('takes what a hook prints: %s', async (printed, left, doubts, forward) => {
    const found = await reviewed(choice({ hook: hook(`echo '${printed}'`) })).find(INQUIRY);
    expect([found.left.map(({ text }) => text), found.doubts, found.forward]).toEqual([left, doubts, forward]);
    expect(found.left.filter(({ blocks }) => blocks === true).map(({ text }) => text)).toEqual(left.slice(1));
  });

  it('gives the hook both versions and the pipeline, and takes plain lines as what stays', async () => {
    const body = 'echo "$ROLLWATCH_PIPELINE in $ROLLWATCH_ENVIRONMENT: $1 to $2"\necho';
    const found = await reviewed(choice({ hook: hook(body) })).find(INQUIRY);
    expect(found.left).toEqual([{ kind: 'hook', text: 'checkout in live: v2 to v1' }]);
  });

  it('waits for nobody longer than the time it is given', async () => {
    const late = choice({ hook: hook('sleep 60'), timeoutMs: 1000 });
    expect((await reviewed(late).find(INQUIRY)).doubts).toEqual([
      expect.stringMatching(/^the review hook: \S+ gave no answer within 1000 ms$/),
    ]);
    const failing = choice({ hook: hook('echo "no database: password=hunter22" >&2; exit 3') });
    expect((await reviewed(failing).find(INQUIRY)).doubts).toEqual([
      expect.stringMatching(/^the review hook: \S+ exited with 3: no database: password=\[redacted\]$/),
    ]);
  });

  it('asks the platform: drift, self-heal, its versions, and that a newer deployment lies on top', async () => {
    const facts = { versions: [{ version: 'v3', current: true }, { version: 'v1', by: 'bob' }], selfHeal: 'Argo CD', notUndone: ['a map'] }; // prettier-ignore
    const found = await scout({ platform: () => platform(`echo '${JSON.stringify(facts)}'`) }).find(INQUIRY);
    expect(found.left).toEqual([
      { kind: 'drift', text: 'a map' },
      { kind: 'self-heal', text: 'Argo CD' },
      { kind: 'newer-deployment', text: 'v3 serves now, not v2: a newer deployment lies on top', blocks: true },
    ]);
    expect(found.versions).toMatchObject([{ version: 'v1', by: 'bob' }]);
    const mute = await scout({ platform: () => platform('exit 1') }).find(INQUIRY);
    expect(mute.doubts).toEqual(['the platform could not be asked: /bin/sh exited with 1']);
  });

  it('starts nothing where nothing may be started, and says so', async () => {
    const marker = join(folder.path, 'started');
    const review = choice({ hook: hook(`touch ${marker}`) });
    const held = scout({ rollbackFor: () => ({ review }), whyNot: () => 'read-only' });
    expect((await held.find(INQUIRY)).doubts).toEqual(['what it will not undo was not looked at: read-only']);
    expect(() => execFileSync('ls', [marker], { stdio: 'pipe' })).toThrow();
  });

  it('has nothing to ask without a review or a platform that knows, and still remembers versions', async () => {
    const at = {
      id: 'a',
      pipeline: 'checkout',
      environment: null,
      previous: null,
      commit: null,
      features: null,
    } as const;
    const past = { ...at, version: 'v0', atMs: 5, origin: 'marker' } as const;
    const plain = scout({ store: { recentDeployments: () => [past] } });
    expect(plain.inquires('checkout')).toBe(false);
    expect(await plain.find(INQUIRY)).toMatchObject({ doubts: [], lookedAt: [], versions: [{ version: 'v0' }] });
  });

  it('turns a program that cannot be found into a doubt', async () => {
    const review = choice({
      programs: () => {
        throw new Error('git is not on this box');
      },
    });
    const found = await reviewed(review).find(INQUIRY);
    expect(found.doubts).toEqual(['what it will not undo could not be looked at: git is not on this box']);
  });
});
