import { readJob } from './run-directory.ts';
import { supervise } from './supervise.ts';

/**
 * The supervisor: `node supervisor.mjs <run directory> <hash of the job>`. Runs one step, writes how it ended, exits.
 * Started in a session of its own; no signal but KILL ends it before the command has ended.
 */
const [dir, hash] = process.argv.slice(2);
if (dir === undefined || hash === undefined) {
  process.stderr.write('The supervisor is started by rollwatch, with a run directory and the hash of its job.\n');
  process.exit(2);
}
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'] as const) {
  process.on(signal, () => {
    // A hang-up or a service stop ends rollwatch, not the command: half a rollback is worse than a whole one.
  });
}
await supervise(dir, readJob(dir, hash));
process.exit(0);
