/** Writes rollwatch.schema.json from the registries, for editors: run it after a platform or detector changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../src/config/json-schema.ts';

const path = join(import.meta.dirname, '../rollwatch.schema.json');
writeFileSync(path, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
