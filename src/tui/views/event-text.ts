import type { GroupRun } from '../../core/model/group-run.ts';
import type { Execution } from '../../core/model/rollback.ts';
import { eventSentence, type EventSentence } from '../../core/session/event-sentence.ts';
import type { SessionEvent, StampedEvent } from '../../core/session/event.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { said } from '../format/said.ts';
import { fit, visible, wrap } from '../format/text.ts';
import { dateTime, timeOfDay } from '../format/time.ts';
import type { Tone } from '../theme.ts';
import { isSecretName } from './argv.ts';
import { executionWord } from './execution-words.ts';

/** What an event says: whom it concerns, what happened, and how grave it is. */
export interface EventText {
  readonly pipeline: string;
  readonly text: string;
  readonly tone: Tone;
}

/** Puts an event into one sentence of the operator's words, with its gravity. */
export function eventText(event: SessionEvent): EventText {
  const { pipeline, text } =
    event.type === 'execution-changed' ? executionSentence(event.execution) : eventSentence(event);
  return { pipeline: visible(pipeline), text: said(text), tone: toneOf(event) };
}

/** On screen an act has the words of its dialog. */
function executionSentence(execution: Execution): EventSentence {
  const { pipeline, fromVersion, toVersion, text } = execution;
  const because = text === '' ? '' : `: ${text}`;
  return { pipeline, text: `${executionWord(execution).text} ${fromVersion} → ${toVersion}${because}` };
}

function groupTone({ state }: GroupRun): Tone {
  if (state === 'done') return 'ok';
  return state === 'running' || state === 'held' ? 'act' : state === 'cancelled' ? 'warn' : 'bad';
}

function toneOf(event: SessionEvent): Tone {
  switch (event.type) {
    case 'session-started':
    case 'session-ended':
      return 'muted';
    case 'deployment-observed':
      return 'watch';
    case 'verdict-changed': {
      const { phase } = event.verdict;
      return phase === 'Failed' || phase === 'Error' ? 'bad' : phase === 'Successful' ? 'ok' : 'plain';
    }
    case 'decision-made':
      return event.decision.kind === 'hold' ? 'plain' : 'act';
    case 'proposal-closed':
      return event.answer === 'approved' ? 'act' : 'plain';
    case 'proposal-opened':
    case 'proposal-seconded':
    case 'human-rollback':
    case 'external-rollback':
      return 'act';
    case 'proposal-held':
    case 'resumed':
      return 'ok';
    case 'answer-refused':
    case 'silenced':
    case 'halted':
      return 'warn';
    case 'execution-changed':
      return executionWord(event.execution).tone;
    case 'group-changed':
      return groupTone(event.group);
    case 'silence-ended':
    case 'config-trusted':
      return 'plain';
  }
}

/** An event as one line of the audit; `columns` are the widths of its time and its pipeline. */
export function eventLine(
  { event }: StampedEvent,
  isSelected: boolean,
  time: string,
  columns: { readonly time: number; readonly name: number },
): Line {
  const { pipeline, text, tone } = eventText(event);
  return [
    span(isSelected ? ' ▸ ' : '   ', 'act', true),
    span(`${time.padEnd(columns.time)}  `, 'muted'),
    { text: fit(pipeline === '' ? '–' : pipeline, columns.name), bold: isSelected, inverse: isSelected },
    span('  '),
    span(text, tone),
  ];
}

/** Everything an event holds, as indented `name: value` lines, wrapped to `columns`. */
export function eventDetail(stamped: StampedEvent, columns: number): readonly Line[] {
  const { pipeline, text, tone } = eventText(stamped.event);
  const head = `${dateTime(stamped.atMs)} · event ${stamped.seq} · ${stamped.event.type}${pipeline === '' ? '' : ` · ${pipeline}`}`;
  return [
    [span(` ${head}`, 'muted')],
    ...wrap(text, columns - 2).map((line): Line => [span(` ${line}`, tone, true)]),
    [],
    ...fields(stamped.event, 0).flatMap(({ depth, name, value }) =>
      wrap(value, Math.max(10, columns - 24 - 2 * depth)).map((line, index): Line => [
        span(` ${' '.repeat(2 * depth)}${fit(index === 0 ? name : '', 20)} `, 'muted'),
        span(line),
      ]),
    ),
  ];
}

interface Field {
  readonly depth: number;
  readonly name: string;
  readonly value: string;
}

function fields(value: object, depth: number): readonly Field[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]): readonly Field[] => {
    if (name === 'atMs' || name.endsWith('AtMs') || name === 'sinceMs' || name === 'untilMs') {
      return [
        {
          depth,
          name: name.replace(/Ms$/, ''),
          value: typeof inner === 'number' ? `${dateTime(inner)}:${timeOfDay(inner).slice(6)}` : '–',
        },
      ];
    }
    if (typeof inner === 'string' && isSecretName(name)) return [{ depth, name: visible(name), value: '(hidden)' }];
    if (inner === null || inner === undefined) return [{ depth, name, value: '–' }];
    if (Array.isArray(inner) && inner.every((each) => typeof each !== 'object'))
      return [{ depth, name, value: visible(inner.join(' ')) || '–' }];
    if (typeof inner === 'object') return [{ depth, name: visible(name), value: '' }, ...fields(inner, depth + 1)];
    return [{ depth, name: visible(name), value: visible(scalarText(inner)) }];
  });
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
