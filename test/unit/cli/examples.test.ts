import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../fakes/cli-context.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const cwd = join(import.meta.dirname, '../../..');
const folder = temporaryFolder();
const run = (...argv: readonly string[]) => runCommand({ cwd, env: { HOME: folder.path } }, ...argv);

/** Examples of a command's help that need nothing but the sample logs, as arguments; trainings take too long here. */
async function examplesOf(command: string): Promise<readonly (readonly string[])[]> {
  const { stdout } = await run(command, '--help');
  return stdout
    .split('\n')
    .flatMap((line) => /^ {2}rollwatch (.+?)(?: {3}#.*)?$/.exec(line)?.[1] ?? [])
    .filter((text) => text.includes('monitor_logs') && !/lstm|--speed/.test(text))
    .map((text) =>
      text.split(' ').flatMap((word) => (word.includes('*') ? globSync(word, { cwd }).toSorted() : [word])),
    );
}

it.each([
  ['detect', [0]],
  ['rca', [0]],
  ['replay', [10, 14]],
])('the examples of %s run as they are printed', async (command, codes) => {
  const examples = await examplesOf(command);
  expect(examples.length).toBeGreaterThan(0);
  for (const argv of examples) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stdout, stderr } = await run(...argv);
    expect(stderr, argv.join(' ')).toBe('');
    expect(codes, argv.join(' ')).toContain(code);
    expect(stdout.length, argv.join(' ')).toBeGreaterThan(100);
  }
});
