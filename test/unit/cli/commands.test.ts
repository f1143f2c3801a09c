import { Command } from 'commander';
import { expect, it } from 'vitest';
import { COMMAND_GROUPS } from '../../../src/cli/commands.ts';
import type { Frame } from '../../../src/cli/frame.ts';

const COMMANDS = Object.values(COMMAND_GROUPS).flatMap((group) => Object.entries(group));

it.each(COMMANDS)('%s is the command of that name', async (name, load) => {
  const program = new Command();
  (await load())(program, {} as Frame);
  expect(program.commands.map((command) => command.name())).toEqual([name]);
});
