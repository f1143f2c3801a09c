/** Writes docs/platforms.md from the abilities of the platforms. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformsPage } from './platforms/table.ts';

writeFileSync(join(import.meta.dirname, '../docs/platforms.md'), platformsPage());
