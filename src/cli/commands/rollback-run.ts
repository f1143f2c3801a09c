import type { Command } from 'commander';
import type { ByHand } from '../../app/rollback/by-hand.ts';
import type { HandPlan } from '../../app/rollback/hand-options.ts';
import { outcomeOf } from '../../core/session/outcome.ts';
import { visibleText } from '../../core/model/visible.ts';
import { addExamples } from '../examples.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { globalFlags } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { handRefusal } from '../hand-refusal.ts';
import { groupOptions, runGroup } from '../group-rollback.ts';
import { addHandFlags, handOptions } from '../rollback-flags.ts';
import { planLines } from '../rollback-text.ts';
import { typedAnswer } from '../typed-answer.ts';
import { UsageError } from '../usage-error.ts';
import { sayRefused } from '../say-refused.ts';

interface RunFlags {
  readonly yes?: boolean;
  readonly name?: string;
  readonly reason?: string;
  readonly override?: boolean;
  readonly json?: boolean;
}

/** `rollwatch rollback run`: a rollback by hand, by the same rules as on screen. */
export function addRollbackRun(parent: Command, frame: Frame): void {
  const command = addHandFlags(parent.command('run'))
    .description('roll back by hand: shows the plan, asks, carries it out and reads it back')
    .option('--yes', 'do not ask; production needs --name as well')
    .option('--name <name>', 'name of the pipeline or group, where production asks for it')
    .option('--reason <text>', 'why; needed where it overrides a guard rail')
    .option('--override', 'roll back although the policy blocks it; needs --reason, and is recorded');
  command.action(action(frame, (paths: readonly string[]) => run(frame, command, paths)));
  addExamples(command, [
    'rollwatch rollback run --pipeline checkout',
    'rollwatch rollback run --pipeline checkout --to 1.7.4 --yes --name checkout --reason "orders are down"',
    'rollwatch rollback run --group shop',
    'rollwatch rollback run --deployed-with checkout --all --yes',
    'rollwatch rollback run --pipeline checkout --yes --override --reason "the migration only adds a column"',
  ]);
}

async function run(frame: Frame, command: Command, paths: readonly string[]): Promise<number> {
  const flags = command.opts<RunFlags>();
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only rolls nothing back; see rollback plan');
  const { stdin, stderr } = frame.context;
  if (flags.yes !== true && !(stdin.isTTY && stderr.isTTY)) {
    throw new UsageError('there is no terminal to ask on: say --yes, and --name PIPELINE for production');
  }
  const group = await groupOptions(frame, command, paths);
  if (group !== null) return runGroup(frame, group, flags);
  const options = await handOptions(frame, command, paths);
  const { openByHand } = await import('../../app/rollback/by-hand.ts');
  return handRefusal(frame, async () => {
    const hand = await openByHand(options, frame.context);
    try {
      return await confirmed(frame, hand, flags);
    } finally {
      await hand.close();
    }
  });
}

async function confirmed(frame: Frame, hand: ByHand, flags: RunFlags): Promise<number> {
  const { stderr, clock } = frame.context;
  const { pipeline } = hand.plan.plan;
  stderr.write(`${planLines(hand.plan, clock.nowMs()).join('\n')}\n`);
  let typedName = flags.name ?? null;
  if (flags.yes !== true) {
    const wanted = wantedWord(hand.plan);
    const typed = await typedAnswer(`type ${wanted} to roll ${pipeline} back: `);
    if (typed !== wanted) return sayRefused(frame, 'not confirmed; nothing was run');
    if (hand.plan.needsName) typedName = typed;
  }
  const end = await hand.run(
    { typedName, reason: flags.reason ?? null, override: flags.override === true },
    {
      onChange: ({ state, text }) => stderr.write(`${state}: ${visibleText(text, 400)}\n`),
      say: (text) => stderr.write(`${visibleText(text, 400)}\n`),
    },
  );
  if (end.kind === 'refused') return sayRefused(frame, end.why);
  const { execution } = end;
  if (flags.json === true) printJson(frame, { schemaVersion: 1, execution });
  else print(frame, `${execution.state}: ${visibleText(execution.text, 400)}`);
  if (execution.state === 'cancelled') return EXIT.refused;
  return exitCodeOf(outcomeOf({ phase: 'Failed', decision: 'ask', execution }));
}

/** The same as on screen: in production the name, elsewhere a word that is not typed by accident. */
function wantedWord({ needsName, plan }: HandPlan): string {
  return needsName ? plan.pipeline : 'yes';
}
