import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { platformsPage } from '../../../../scripts/platforms/table.ts';
import { platforms } from '../../../../src/platforms/registry.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/platforms.md'), 'utf8');

it('is what the code says (node scripts/generate-platforms-doc.ts)', () => {
  expect(page).toBe(platformsPage());
});

it('has a row for every platform and a reason for every strategy it lacks', () => {
  for (const name of Object.keys(platforms)) expect(page).toContain(`\n| ${name} `);
  expect(page).not.toContain('not stated');
});
