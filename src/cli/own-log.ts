import { join } from 'node:path';
import { createLogFile, type LogFile } from '../store/log-file.ts';
import { chooseStateDir, openStateDir } from '../store/state-dir.ts';
import type { CliContext } from './context.ts';

/** rollwatch's own log in the state directory. Throws StoreError when that directory cannot be used. */
export function openOwnLog(context: CliContext): { readonly path: string; readonly file: LogFile } {
  const { argv, env, clock } = context;
  const flag = argv.indexOf('--state-dir');
  const explicit = (flag < 0 ? env['ROLLWATCH_STATE_DIR'] : argv[flag + 1]) ?? null;
  const directory = openStateDir(chooseStateDir({ explicit, env }));
  const path = join(directory.path, 'rollwatch.log');
  const file = createLogFile({
    path,
    mode: directory.fileMode,
    maxBytes: 10 * 1024 * 1024,
    keep: 3,
    nowMs: () => clock.nowMs(),
    redact: (line) => line,
  });
  return { path, file };
}
