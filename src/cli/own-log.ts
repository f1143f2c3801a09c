import { join } from 'node:path';
import { redactSecrets } from '../app/executor/redact.ts';
import { createLogFile, type LogFile } from '../store/log-file.ts';
import { chooseStateDir, openStateDir } from '../store/state-dir.ts';
import type { CliContext } from './context.ts';

/** rollwatch's own log in the state directory. Throws StoreError when that directory cannot be used. */
export function openOwnLog(context: CliContext): { readonly path: string; readonly file: LogFile } {
  const { argv, env, clock } = context;
  const explicit = flagValue(argv, '--state-dir') ?? env['ROLLWATCH_STATE_DIR'] ?? null;
  const directory = openStateDir(chooseStateDir({ explicit, env }));
  const path = join(directory.path, 'rollwatch.log');
  const file = createLogFile({
    path,
    mode: directory.fileMode,
    maxBytes: 10 * 1024 * 1024,
    keep: 3,
    nowMs: () => clock.nowMs(),
    redact: (line) => redactSecrets(line),
  });
  return { path, file };
}

/** Read from the words themselves: the error may have come before they were parsed. */
function flagValue(argv: readonly string[], flag: string): string | undefined {
  const joined = argv.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const index = argv.indexOf(flag);
  return index < 0 ? undefined : argv[index + 1];
}
