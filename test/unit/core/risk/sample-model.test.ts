import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url).pathname;
const copy = mkdtempSync(join(tmpdir(), 'rollwatch-sample-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('is made from its scripts byte for byte', () => {
  for (const path of ['src/core', 'src/parsers', 'src/app/risk', 'scripts', 'monitor_logs', 'package.json']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync(process.execPath, [join(copy, 'scripts/make-deployment-features.ts')]);
  execFileSync(process.execPath, [join(copy, 'scripts/train-sample-model.ts')]);
  for (const path of [
    'deployment_features.csv',
    'models/sample/deployment_labels.csv',
    'models/deployment-risk.json',
    'models/deployment-risk.md',
  ]) {
    expect(readFileSync(join(copy, path), 'utf8'), path).toBe(readFileSync(join(root, path), 'utf8'));
  }
}, 60_000);
