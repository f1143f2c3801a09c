import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Third-party benchmark data, which is not part of the project: `$ROLLWATCH_DATA`, else `shared/data` beside it.
 * Tests that need it are skipped, and say so, where it is not there.
 */
export const SHARED_DATA = process.env['ROLLWATCH_DATA'] ?? join(import.meta.dirname, '../../shared/data');

/** The JSON of a file of the shared data; null, with a line on stderr, where it is absent. */
export function sharedJson(path: string): unknown {
  const full = join(SHARED_DATA, path);
  if (existsSync(full)) return JSON.parse(readFileSync(full, 'utf8'));
  console.error(`SKIPPED: ${full} is not there; set ROLLWATCH_DATA to the benchmark data to run these cases`);
  return null;
}
