import type { Command } from 'commander';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';

interface ExplainFlags {
  readonly pipeline?: string;
  readonly json?: boolean;
}

/** `rollwatch config explain`: the effective settings and where each comes from. */
export function addConfigExplain(parent: Command, frame: Frame): void {
  const command = parent
    .command('explain')
    .description('say where each effective value comes from')
    .option('--pipeline <id>', 'as it is for this pipeline; else for one that no entry fits')
    .option('--json', 'print it as JSON');
  command.action(action(frame, () => explain(frame, command)));
  addExamples(command, ['rollwatch config explain', 'rollwatch config explain --pipeline checkout-eu --json']);
}

async function explain(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<ExplainFlags>();
  const config = await loadFor(frame, command);
  const values = config.explain(flags.pipeline ?? null);
  if (flags.json === true) {
    printJson(frame, { path: config.path, hash: config.hash, pipeline: flags.pipeline ?? null, values });
    return 0;
  }
  print(frame, `# ${config.path ?? 'no configuration file'}`);
  print(frame, ...columns(values.map(({ key, value, origin }) => [key, value, origin])));
  return 0;
}
