import { expect, it, onTestFinished } from 'vitest';
import { GitProcess } from '../../../../src/sources/git/git-process.ts';

it('lets many writes wait for room at once', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const git = new GitProcess('.', ['hash-object', '--stdin']);
  const writes = Array.from({ length: 40 }, () => git.write('x'.repeat(100_000)));
  await Promise.all(writes);
  git.endInput();
  for await (const chunk of git.output) expect(String(chunk).trim()).toMatch(/^[0-9a-f]{40}$/);
  await git.finish();
  expect(warnings).toEqual([]);
});
