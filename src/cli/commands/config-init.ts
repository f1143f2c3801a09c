import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { action, print, type Frame } from '../frame.ts';
import { UsageError } from '../usage-error.ts';

/** `rollwatch config init`: writes a commented sample; never over a file that is there. */
export function addConfigInit(parent: Command, frame: Frame): void {
  const command = parent
    .command('init')
    .description('write a commented rollwatch.yaml that changes nothing yet')
    .argument('[file]', 'where', 'rollwatch.yaml');
  command.action(action(frame, (file: string) => init(frame, file)));
  addExamples(command, ['rollwatch config init', 'rollwatch config init ~/.config/rollwatch/rollwatch.yaml']);
}

async function init(frame: Frame, file: string): Promise<number> {
  const path = resolve(frame.context.cwd, file);
  const { SAMPLE_CONFIG } = await import('../../config/sample.ts');
  try {
    writeFileSync(path, SAMPLE_CONFIG, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'EEXIST') throw new UsageError(`${path} is there already: it is not overwritten`);
    throw new UsageError(`${path} cannot be written (${code})`);
  }
  print(frame, `${path} written; \`rollwatch config check\` finds mistakes in it`);
  return 0;
}
