import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { action, printJson, type Frame } from '../frame.ts';

/** `rollwatch risk card`: what a model says of itself. */
export function addRiskCard(parent: Command, frame: Frame): void {
  const command = parent
    .command('card')
    .description('what a model predicts, what it learned from, how well it does')
    .option('--model <file>', 'model to describe (default: the shipped change-risk model)')
    .option('--json', 'print JSON');
  command.action(
    action(frame, async () => {
      const flags = command.opts<{ model?: string; json?: boolean }>();
      const { cwd, packageRoot, stdout } = frame.context;
      const { readModel } = await import('../../app/risk/model-files.ts');
      const { modelCard } = await import('../../core/risk/card.ts');
      const path =
        flags.model === undefined ? join(packageRoot, 'models', 'change-risk.json') : resolve(cwd, flags.model);
      const { file } = readModel(path);
      if (flags.json === true) {
        const { members, reference: _, ...card } = file;
        printJson(frame, { ...card, members: members.map(({ kind, weight }) => ({ kind, weight })) });
      } else stdout.write(modelCard(file));
      return 0;
    }),
  );
}
