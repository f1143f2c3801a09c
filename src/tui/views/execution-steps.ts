import { planIn } from '../../core/model/group-proposal.ts';
import type { Execution, Plan } from '../../core/model/rollback.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { countdown } from '../format/time.ts';
import type { Tone } from '../theme.ts';
import { argvText } from './argv.ts';
import { endedBadly, isRunning } from './pipeline-look.ts';

const HELD = {
  recovered: 'health has recovered, is that enough?',
  worse: 'the step made it worse',
  even: 'side by side, the present version is not the worse one',
} as const;

/** The plan an act carries out, from the question it answers; null where that was asked too long ago. */
export function planOf(execution: Execution, { proposals, recentEvents }: Snapshot): Plan | null {
  const asked = recentEvents
    .toReversed()
    .flatMap(({ event }) => (event.type === 'proposal-opened' ? [event.proposal] : []));
  for (const proposal of [...proposals, ...asked]) {
    const plan = planIn(proposal, execution.planId);
    if (plan !== null) return plan;
  }
  return null;
}

/** Which step it is at: `step 2 of 4`. */
export function stepText(execution: Execution, plan: Plan | null): string {
  const of = plan === null || plan.steps.length === 0 ? '' : ` of ${plan.steps.length}`;
  const again = (execution.stepTry ?? 0) > 0 ? `, run ${(execution.stepTry ?? 0) + 1}` : '';
  return `step ${execution.stepIndex + 1}${of}${again}`;
}

/** The steps of a plan with several, each with where it stands. */
export function stepLines(execution: Execution, plan: Plan | null, columns: number): readonly Line[] {
  if (plan === null || plan.steps.length < 2) return [];
  return plan.steps.map(({ index, text }) => {
    const { mark, tone } = stepMark(execution, index);
    const isNow = index === execution.stepIndex && isRunning(execution);
    return cutLine([span(`  ${mark} ${index + 1} `, tone, isNow), span(visible(text), 'plain', isNow)], columns);
  });
}

/** The question of a rollback that stands still, with the time that is left and how it is answered. */
export function heldLines(execution: Execution, nowMs: number, columns: number): readonly Line[] {
  const { hold } = execution;
  if (hold === undefined || hold === null || !isRunning(execution)) return [];
  const why = HELD[hold.why];
  const chip = { text: ' HELD ', tone: 'act', bold: true, inverse: true } as const;
  const command = (word: string): string => argvText(['rollwatch', 'rollback', word, '--pipeline', execution.pipeline]);
  const answers = `in a shell: ${command('continue')} goes on, ${command('abort')} stops here`;
  return [
    [chip, span(` ${why}`, 'act', true), span(` · ${countdown(hold.untilMs - nowMs)} left to answer`, 'act')],
    ...wrap(answers, columns).map((text): Line => [span(text)]),
  ];
}

function stepMark(execution: Execution, index: number): { readonly mark: string; readonly tone: Tone } {
  const { state, stepIndex } = execution;
  // Steps are proven one after the other: verifying begins when the last has run.
  const hasRun = index < stepIndex || state === 'verifying' || state === 'done' || state === 'restored-unhealthy';
  if (hasRun || (state === 'unverified' && index === stepIndex)) return { mark: '✔', tone: 'ok' };
  if (index > stepIndex) return { mark: '·', tone: 'muted' };
  if (state === 'unknown') return { mark: '?', tone: 'bad' };
  if (endedBadly(execution)) return { mark: '✖', tone: 'bad' };
  if (state === 'executing') return { mark: '▸', tone: 'act' };
  return { mark: '·', tone: 'muted' };
}
