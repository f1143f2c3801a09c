import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDemo } from '../../../../src/app/demo/run.ts';
import type { WatchContext, WatchOptions } from '../../../../src/app/watch/options.ts';
import { NO_FLAGS } from '../../../../src/config/outside.ts';

let parent = '';
let written = '';
const output = { isTTY: true, write: (text: string) => void (written += text) };

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'rollwatch-test-'));
  written = '';
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const context: WatchContext = {
  env: { HOME: '/nowhere' },
  cwd: '/nowhere',
  stdin: { isTTY: true },
  stdout: output,
  stderr: output,
  clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
  version: '0.0.0',
  packageRoot: '/nowhere',
  interrupt: () => new AbortController().signal,
  loadScreen: () => Promise.reject(new Error('the demo loads no screen itself')),
};

function run(keep: boolean, watch: (options: WatchOptions, context: WatchContext) => Promise<number>): Promise<number> {
  return runDemo({ seed: 1, keep, parent, flags: { ...NO_FLAGS, ascii: true }, readOnly: false, watch }, context);
}

describe('rollwatch demo', () => {
  it('watches the growing logs with its own config, then removes everything and ends well', async () => {
    const code = await run(false, async (options, inside) => {
      expect(options).toMatchObject({ headless: false, dryRun: false, noState: false, once: false });
      expect(options.config.ascii.value).toBe(true);
      expect(readdirSync(options.paths[0]!)).toContain('metrics_checkout.csv');
      expect(inside.env['XDG_STATE_HOME']).toMatch(parent);
      return 13;
    });
    expect(code).toBe(0);
    expect(readdirSync(parent)).toEqual([]);
    expect(written).toMatch(/^The demo was in .*rollwatch-demo-.*, which is removed again/);
  });

  it('leaves the folder with --keep and says how to look at its audit', async () => {
    await run(true, async () => 0);
    const [folder] = readdirSync(parent);
    expect(written).toContain(`The demo is in ${path.join(parent, folder!)}\n`);
    expect(existsSync(path.join(parent, folder!, 'rollback.sh'))).toBe(true);
    expect(written).toContain('rollwatch audit list --config ');
  });

  it('cleans up when watching fails, and lets the failure through', async () => {
    await expect(run(false, () => Promise.reject(new Error('no terminal')))).rejects.toThrow('no terminal');
    expect(readdirSync(parent)).toEqual([]);
  });
});
