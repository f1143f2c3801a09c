import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actsEnded, actsInHand } from '../../../../src/app/demo/acts-in-hand.ts';
import { RUN_FILES } from '../../../../src/supervisor/run-directory.ts';

let stateDir = '';

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'rollwatch-acts-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

function run(name: string, files: readonly (keyof typeof RUN_FILES)[]): string {
  const folder = path.join(stateDir, 'runs', name);
  mkdirSync(folder, { recursive: true });
  for (const file of files) writeFileSync(path.join(folder, RUN_FILES[file]), '{}');
  return folder;
}

describe('acts in hand', () => {
  it('are none where nothing was ever rolled back', async () => {
    expect(actsInHand(stateDir)).toBe(0);
    expect(await actsEnded(stateDir, 0)).toBe(true);
  });

  it('are those that were begun and have no result', async () => {
    run('prepared-only', ['job']);
    run('ended', ['job', 'claim', 'result']);
    run('running', ['job', 'claim']);
    expect(actsInHand(stateDir)).toBe(1);
    expect(await actsEnded(stateDir, 0)).toBe(false);
  });

  it('are waited for', async () => {
    const folder = run('running', ['job', 'claim']);
    const ended = actsEnded(stateDir, 60_000);
    writeFileSync(path.join(folder, RUN_FILES.result), '{}');
    expect(await ended).toBe(true);
  });
});
