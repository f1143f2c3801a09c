import type { Command } from 'commander';
import type { GroupByHand, GroupHandOptions, GroupHandPlan } from '../app/rollback/group-by-hand.ts';
import { visibleText } from '../core/model/visible.ts';
import { outcomeOf } from '../core/session/outcome.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { print, printJson, type Frame } from './frame.ts';
import { handRefusal } from './hand-refusal.ts';
import { handOptions } from './rollback-flags.ts';
import { callText, planLines } from './rollback-text.ts';
import { typedAnswer } from './typed-answer.ts';
import { UsageError } from './usage-error.ts';
import { sayRefused } from './say-refused.ts';

interface GroupFlags {
  readonly group?: string;
  readonly deployedWith?: string;
  readonly only?: readonly string[];
  readonly all?: boolean;
  readonly pipeline?: string;
  readonly to?: string;
  readonly strategy?: string;
}

/** The yes as the flags give it. */
interface YesFlags {
  readonly yes?: boolean;
  readonly name?: string;
  readonly reason?: string;
  readonly override?: boolean;
  readonly json?: boolean;
}

/** What is asked for where the flags name a group; null where they name one pipeline. @throws UsageError */
export async function groupOptions(
  frame: Frame,
  command: Command,
  paths: readonly string[],
): Promise<GroupHandOptions | null> {
  const { group, deployedWith, only, all = false, pipeline, to, strategy } = command.opts<GroupFlags>();
  if (group === undefined && deployedWith === undefined) {
    if (only !== undefined || all) throw new UsageError('--only and --all go with --group or --deployed-with');
    return null;
  }
  if (group !== undefined && deployedWith !== undefined) {
    throw new UsageError('--group and --deployed-with exclude each other');
  }
  if (only !== undefined && all) throw new UsageError('--only and --all exclude each other');
  if (pipeline !== undefined || to !== undefined || strategy !== undefined) {
    throw new UsageError('--pipeline, --to and --strategy are of one pipeline, not of a group');
  }
  const { waitMs, watch } = await handOptions(frame, command, paths);
  const which = group === undefined ? { deployedWith: deployedWith ?? '' } : { group };
  return { which, only: only ?? null, all, waitMs, watch };
}

/** Shows what a group rollback would do; runs nothing. */
export async function planGroup(
  frame: Frame,
  options: GroupHandOptions,
  { json, dryRun }: { readonly json?: boolean; readonly dryRun?: boolean },
): Promise<number> {
  const { openGroupByHand } = await import('../app/rollback/group-by-hand.ts');
  return handRefusal(frame, async () => {
    const hand = await openGroupByHand(options, frame.context);
    await hand.close();
    if (json === true) printJson(frame, { schemaVersion: 1, group: hand.plan });
    else if (dryRun === true) print(frame, ...hand.plan.members.flatMap(({ plan }) => plan.steps.map(callText)));
    else print(frame, ...groupLines(hand.plan, frame.context.clock.nowMs()));
    return EXIT.fine;
  });
}

/** Rolls a group back by hand: shows the plan, asks, carries it out. */
export async function runGroup(frame: Frame, options: GroupHandOptions, flags: YesFlags): Promise<number> {
  const { openGroupByHand } = await import('../app/rollback/group-by-hand.ts');
  return handRefusal(frame, async () => {
    const hand = await openGroupByHand(options, frame.context);
    try {
      return await confirmed(frame, hand, flags);
    } finally {
      await hand.close();
    }
  });
}

async function confirmed(frame: Frame, hand: GroupByHand, flags: YesFlags): Promise<number> {
  const { stderr, clock } = frame.context;
  const { plan } = hand;
  stderr.write(`${groupLines(plan, clock.nowMs()).join('\n')}\n`);
  let typedName = flags.name ?? null;
  if (flags.yes !== true) {
    const wanted = plan.needsName ? plan.name : 'yes';
    const typed = await typedAnswer(`type ${wanted} to roll ${plan.members.length} services back: `);
    if (typed !== wanted) return sayRefused(frame, 'not confirmed; nothing was run');
    if (plan.needsName) typedName = typed;
  }
  const yes = { typedName, reason: flags.reason ?? null, override: flags.override === true };
  const end = await hand.run(yes, ({ state, text }) => stderr.write(`${state}: ${visibleText(text, 400)}\n`));
  if (end.kind === 'refused') return sayRefused(frame, end.why);
  const { run } = end;
  if (flags.json === true) printJson(frame, { schemaVersion: 1, group: run });
  else print(frame, `${run.state}: ${visibleText(run.text, 400)}`);
  if (run.state === 'cancelled') return EXIT.refused;
  const state = run.state === 'running' || run.state === 'held' ? 'unknown' : run.state;
  return exitCodeOf(outcomeOf({ phase: 'Failed', decision: 'ask', execution: { state, dryRun: run.dryRun } }));
}

function groupLines({ name, members, left }: GroupHandPlan, nowMs: number): readonly string[] {
  const order = members.map(({ plan, why }, i) => {
    return `  ${i + 1}. ${plan.pipeline} ${plan.fromVersion} → ${plan.toVersion}: ${why}`;
  });
  const stays = left.map(({ pipeline, why }) => `  ${pipeline}: ${why}`);
  return [
    `roll ${members.length} services of ${name} back, one after the other:`,
    ...order,
    ...(stays.length === 0 ? [] : ['stays as it is:', ...stays]),
    ...members.flatMap((member, i) => ['', `${i + 1} of ${members.length}:`, ...planLines(member, nowMs)]),
  ].map((line) => visibleText(line, 2000));
}
