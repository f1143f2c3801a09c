import type { GroupRun, GroupStep } from '../../core/model/group-run.ts';
import type { ProposalGroup } from '../../core/model/rollback.ts';
import type { Line } from '../format/line.ts';
import { cutLine, span } from '../format/line.ts';
import { said } from '../format/said.ts';
import { visible, wrap } from '../format/text.ts';
import { countdown, wordDuration } from '../format/time.ts';
import type { Tone } from '../theme.ts';
import { argvText } from './argv.ts';
import { executionWord } from './execution-words.ts';
import { labelled } from './labelled.ts';

const HELD = {
  recovered: 'what is still to go back is well again, is that enough?',
  worse: 'the last one made another worse',
  unproven: 'nothing proves the last one',
} as const;

/** Which services go back, in which order and why, what stays, and how the group is judged in between. */
export function groupLines({ name, members, left, judge }: ProposalGroup, columns: number): readonly Line[] {
  const order = members.flatMap(({ pipeline, plan, why }, index) => {
    const text = `${index + 1} ${pipeline} ${plan.fromVersion} → ${plan.toVersion} · ${why}`;
    return labelled(index === 0 ? 'order' : '', text, columns);
  });
  const judged =
    `after each: health of all is looked at for ${wordDuration(judge.forMs)}; it stands still and asks when one falls by ` +
    `more than ${judge.worseBy} or the rest reach ${judge.healthAtLeast}, for ${wordDuration(judge.holdMs)} at most`;
  return [
    ...labelled(
      'group',
      `${name}: ${members.length} services, deployed together, go back one after the other`,
      columns,
    ),
    ...order,
    ...left.flatMap(({ pipeline, why }, index) => labelled(index === 0 ? 'stays' : '', `${pipeline}: ${why}`, columns)),
    ...labelled('between', judged, columns),
  ];
}

/** Each service of a group rollback with where it stands, and the question of one that stands still. */
export function groupRunLines(run: GroupRun, nowMs: number, columns: number): readonly Line[] {
  const steps = run.steps.map((step, index) => {
    const { mark, tone, word } = look(step, run.dryRun);
    const versions = `${visible(step.fromVersion)} → ${visible(step.toVersion)}`;
    return cutLine(
      [span(`  ${mark} ${index + 1} `, tone), span(`${visible(step.pipeline)} ${versions}  `), span(word, tone)],
      columns,
    );
  });
  const text = wrap(said(run.text), columns).map((line): Line => [span(line)]);
  return [
    [span(`group ${visible(run.name)}`, 'plain', true)],
    ...steps,
    ...heldLines(run, nowMs, columns),
    ...text,
    [],
  ];
}

function heldLines({ hold, name }: GroupRun, nowMs: number, columns: number): readonly Line[] {
  if (hold === null) return [];
  const chip = { text: ' HELD ', tone: 'act', bold: true, inverse: true } as const;
  const command = (word: string): string => argvText(['rollwatch', 'rollback', word, '--group', name]);
  const answers = `in a shell: ${command('continue')} goes on, ${command('abort')} stops here`;
  return [
    [
      chip,
      span(` ${HELD[hold.why]}`, 'act', true),
      span(` · ${countdown(hold.untilMs - nowMs)} left to answer`, 'act'),
    ],
    ...wrap(answers, columns).map((line): Line => [span(line)]),
  ];
}

function look(
  { state }: GroupStep,
  dryRun: boolean,
): { readonly mark: string; readonly tone: Tone; readonly word: string } {
  if (state === 'waiting') return { mark: '·', tone: 'muted', word: 'not begun' };
  const { tone, text } = executionWord({ state, dryRun });
  const mark = { ok: '✔', bad: '✖', act: '▸', warn: '!', watch: '✔' }[tone as string] ?? '·';
  return { mark, tone, word: text };
}
