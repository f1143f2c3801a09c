import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS } from '../../../src/cli/commands.ts';
import { EXIT_MEANINGS } from '../../../src/cli/exit-code.ts';
import type { Frame } from '../../../src/cli/frame.ts';
import type { ExecutionState } from '../../../src/core/model/rollback.ts';
import type { Phase } from '../../../src/core/model/verdict.ts';
import { KEYMAP } from '../../../src/tui/keymap.ts';
import { LOOKS, toAscii } from '../../../src/tui/theme.ts';
import { executionWord } from '../../../src/tui/views/execution-words.ts';

const docs = path.join(import.meta.dirname, '../../../docs');
const manual = pageOf('operator-manual.md');
const glossary = pageOf('glossary.md');

/** The text of a page with the padding of its tables taken out. */
function pageOf(name: string): string {
  return readFileSync(path.join(docs, name), 'utf8').replaceAll(/ {2,}/g, ' ');
}

describe('the operator manual', () => {
  it.each(KEYMAP.flatMap(({ label }) => label.split(' ')))('names the key %s', (key) => {
    expect(manual).toContain(`\`${key}\``);
  });

  it.each(EXIT_MEANINGS)('says what exit code %i means', (code, meaning) => {
    expect(manual).toContain(`| ${code} | ${meaning} |`);
  });

  it.each(Object.values(LOOKS))('explains the mark $mark', ({ mark }) => {
    expect(manual).toContain(`| ${mark} | \`${toAscii(mark)}\` |`);
  });

  it('shows only commands and flags that are there', async () => {
    const program = new Command();
    for (const group of Object.values(COMMAND_GROUPS)) {
      for (const load of Object.values(group)) (await load())(program, {} as Frame);
    }
    const shown = [...manual.matchAll(/`rollwatch ([a-z]+)([^`]*)`/g)];
    expect(shown.length).toBeGreaterThan(15);
    for (const [text, name, rest] of shown) {
      const command = program.commands.find((one) => one.name() === name);
      expect(command, text).toBeDefined();
      const sub = command!.commands.find((one) => one.name() === rest!.trim().split(' ')[0]);
      const known = [command!, ...(sub === undefined ? [] : [sub])].flatMap((one) =>
        one.options.map(({ long }) => long),
      );
      for (const [flag] of rest!.matchAll(/--[a-z-]+/g)) {
        // Flags of every command are added when the program is built.
        expect([...known, '--config', '--state-dir', '--read-only'], text).toContain(flag);
      }
    }
  });

  const ends: readonly ExecutionState[] = [
    'done',
    'restored-unhealthy',
    'unverified',
    'failed',
    'cancelled',
    'unknown',
  ];
  it.each(ends)('explains how a rollback can end: %s', (state) => {
    expect(manual).toContain(`| ${executionWord({ state, dryRun: false }).text} |`);
    expect(glossary).toContain(`| ${state} |`);
  });
});

describe('the glossary', () => {
  const phases: readonly Phase[] = ['Pending', 'Running', 'Successful', 'Failed', 'Inconclusive', 'NoData', 'Error'];
  it.each(phases)('explains the phase %s', (phase) => {
    expect(glossary).toContain(`| ${phase} |`);
  });
});
