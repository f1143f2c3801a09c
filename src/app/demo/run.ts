import type { ConfigFlags } from '../../config/outside.ts';
import type { WatchContext, WatchOptions } from '../watch/options.ts';
import { actsEnded, actsInHand } from './acts-in-hand.ts';
import { prepareDemo } from './index.ts';

/** What `rollwatch demo` is asked for. */
export interface RunDemoOptions {
  readonly seed: number;
  /** Leave the folder where it is when the demo ends. */
  readonly keep: boolean;
  /** Folder in which the demo's own folder is made. */
  readonly parent: string;
  /** What the command line sets of the configuration. */
  readonly flags: ConfigFlags;
  readonly readOnly: boolean;
  /** Watching as `rollwatch watch` does it; resolves when the operator leaves. */
  readonly watch: (options: WatchOptions, context: WatchContext) => Promise<unknown>;
}

/** The timeout of the demo's rollback with some room. */
const LONGEST_ACT_MS = 45_000;

/**
 * Watches a simulated fleet until the operator leaves, then says where it was and removes it.
 *
 * @returns always 0: what went wrong in a demo was meant to
 */
export async function runDemo(options: RunDemoOptions, context: WatchContext): Promise<number> {
  const { stdout, stderr, clock } = context;
  const problems: string[] = [];
  const world = await prepareDemo({
    seed: options.seed,
    parent: options.parent,
    env: context.env,
    flags: options.flags,
    clock,
    // Said at the end: a message in between would go through the screen.
    onProblem: (problem) => problems.push(problem),
  });
  const watchOptions: WatchOptions = {
    headless: false,
    paths: world.paths,
    once: false,
    json: false,
    replay: false,
    deployedAtMs: null,
    speed: null,
    readOnly: options.readOnly,
    dryRun: false,
    noState: false,
    config: world.config,
  };
  try {
    world.start();
    await options.watch(watchOptions, { ...context, env: world.env, cwd: world.folder });
  } finally {
    world.stop();
    for (const problem of problems) stderr.write(`rollwatch: ${problem}\n`);
    if (options.keep) {
      stdout.write(`The demo is in ${world.folder}\n`);
      stdout.write(`Its audit: rollwatch audit list --config ${world.configPath}\n`);
    } else {
      if (actsInHand(world.stateDir) > 0) stdout.write('Waiting for the end of the rollback that is running …\n');
      // Its supervisor writes the result into the folder; what does not end in time goes down with it.
      await actsEnded(world.stateDir, LONGEST_ACT_MS);
      world.cleanup();
      stdout.write(`The demo was in ${world.folder}, which is removed again (--keep leaves it).\n`);
    }
  }
  return 0;
}
