import type { Execution } from '../../core/model/rollback.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { said } from '../format/said.ts';
import { cut, visible, wrap } from '../format/text.ts';
import { momentText, shortDuration } from '../format/time.ts';
import { executionWord } from './execution-words.ts';
import { heldLines, planOf, stepLines, stepText } from './execution-steps.ts';
import { isHeld, isRunning } from './pipeline-look.ts';

const STAGES = ['leased', 'executing', 'verifying'] as const;

/**
 * An act as it goes on, and how it ended: state, step, meaning, then as many of the last lines of its output as fit
 * into `rows`.
 */
export function executionLines(
  execution: Execution,
  snapshot: Snapshot,
  columns: number,
  rows: number,
): readonly Line[] {
  const plan = planOf(execution, snapshot);
  const word = executionWord(execution);
  const endMs = execution.endedAtMs ?? snapshot.nowMs;
  const facts = [
    `${visible(execution.fromVersion)} → ${visible(execution.toVersion)}`,
    stepText(execution, plan),
    `${isRunning(execution) ? 'for' : 'took'} ${shortDuration(endMs - execution.startedAtMs)}`,
    ...(execution.exitCode === null ? [] : [`exit code ${execution.exitCode}`]),
    ...(execution.attempt > 1 ? [`attempt ${execution.attempt}`] : []),
    `by ${visible(execution.by.name)}`,
  ];
  const head: readonly Line[] = [
    [span(word.text, word.tone, true), span(`  ${facts.join(' · ')}`)],
    progress(execution),
    ...stepLines(execution, plan, columns),
    ...heldLines(execution, snapshot.nowMs, columns),
    ...(isHeld(execution) ? [] : wrap(word.meaning, columns).map((line): Line => [span(line, word.tone)])),
    ...(execution.text === '' ? [] : wrap(said(execution.text), columns).map((line): Line => [span(line)])),
    [span(`output, started ${momentText(execution.startedAtMs, snapshot.nowMs)}`, 'muted')],
  ];
  const output = execution.outputTail.length === 0 ? ['none yet'] : execution.outputTail;
  const tail = output.slice(-Math.max(1, rows - head.length));
  return [...head, ...tail.map((line): Line => [span('│ ', 'muted'), span(cut(visible(line), columns - 2))])];
}

function progress(execution: Execution): Line {
  const now = (STAGES as readonly string[]).indexOf(execution.state);
  const isOver = !isRunning(execution);
  const labels = { leased: 'start', executing: 'run', verifying: 'verify' } as const;
  return STAGES.flatMap((stage, index) => {
    const isPast = isOver ? execution.state === 'done' : index < now;
    const mark = isPast ? '✔' : index === now ? '▸' : '·';
    const tone = isPast ? 'ok' : index === now ? 'act' : 'muted';
    return [...(index === 0 ? [] : [span(' ── ', 'muted')]), span(`${mark} ${labels[stage]}`, tone, index === now)];
  });
}
