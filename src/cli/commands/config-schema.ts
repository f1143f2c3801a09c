import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { action, type Frame } from '../frame.ts';

/** `rollwatch config schema`: the JSON Schema of rollwatch.yaml, for editors. */
export function addConfigSchema(parent: Command, frame: Frame): void {
  const command = parent.command('schema').description('print the JSON Schema of rollwatch.yaml, for editors');
  command.action(action(frame, () => schema(frame)));
  addExamples(command, ['rollwatch config schema > rollwatch.schema.json']);
}

async function schema(frame: Frame): Promise<number> {
  const { configJsonSchema } = await import('../../config/json-schema.ts');
  frame.context.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return 0;
}
