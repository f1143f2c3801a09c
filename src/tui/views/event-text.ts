import type { SessionEvent, StampedEvent } from '../../core/session/event.ts';
import type { Actor } from '../../core/model/rollback.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
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

/** Puts an event into one sentence of the operator's words. */
export function eventText(event: SessionEvent): EventText {
  switch (event.type) {
    case 'session-started':
      return said('', `rollwatch ${event.version} started by ${who(event.by)}`, 'muted');
    case 'session-ended':
      return said('', `rollwatch ended: ${event.reason}`, 'muted');
    case 'deployment-observed': {
      const { pipeline, version, previous, origin } = event.deployment;
      return said(pipeline, `deployed ${version}${previous === null ? '' : `, was ${previous}`} (${origin})`, 'watch');
    }
    case 'verdict-changed': {
      const { pipeline, phase, text } = event.verdict;
      const tone: Tone = phase === 'Failed' || phase === 'Error' ? 'bad' : phase === 'Successful' ? 'ok' : 'plain';
      return said(pipeline, `${phase}: ${text}`, tone);
    }
    case 'decision-made':
      return said(
        event.decision.pipeline,
        `decision ${event.decision.kind}: ${event.decision.text}`,
        event.decision.kind === 'hold' ? 'plain' : 'act',
      );
    case 'proposal-opened': {
      const { pipeline, plan } = event.proposal;
      return said(
        pipeline,
        `asks: roll back ${plan.fromVersion} → ${plan.toVersion}?${plan.dryRun ? ' (dry run)' : ''}`,
        'act',
      );
    }
    case 'proposal-held':
      return said(event.pipeline, `auto held by ${who(event.by)}`, 'ok');
    case 'proposal-closed':
      return said(
        event.pipeline,
        `${event.answer} by ${who(event.by)}${because(event.reason)}`,
        event.answer === 'approved' ? 'act' : 'plain',
      );
    case 'answer-refused':
      return said('', `an answer of ${who(event.by)} was refused: ${event.why}`, 'warn');
    case 'execution-changed': {
      const { execution } = event;
      const word = executionWord(execution);
      return said(
        execution.pipeline,
        `${word.text} ${execution.fromVersion} → ${execution.toVersion}${because(execution.text)}`,
        word.tone,
      );
    }
    case 'human-rollback':
      return said(event.pipeline, `rolled back by hand, says ${who(event.by)}${because(event.reason)}`, 'act');
    case 'halted':
      return said('', `halted by ${who(event.by)}: ${event.reason}`, 'warn');
    case 'resumed':
      return said('', `resumed by ${who(event.by)}`, 'ok');
    case 'config-trusted':
      return said('', `config ${event.path} trusted by ${who(event.by)}`, 'plain');
  }
}

/** An event as one line of the audit. */
export function eventLine(stamped: StampedEvent, isSelected: boolean, nameColumns: number): Line {
  const { pipeline, text, tone } = eventText(stamped.event);
  return [
    span(isSelected ? ' ▸ ' : '   ', 'act', true),
    span(`${timeOfDay(stamped.atMs)}  `, 'muted'),
    { text: fit(pipeline === '' ? '–' : pipeline, nameColumns), bold: isSelected, inverse: isSelected },
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
    if (name === 'atMs' || name.endsWith('AtMs') || name === 'sinceMs') {
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

function said(pipeline: string, text: string, tone: Tone): EventText {
  return { pipeline: visible(pipeline), text: visible(text), tone };
}

function who(actor: Actor): string {
  return actor.kind === 'person'
    ? `${actor.name} (${actor.via})`
    : actor.kind === 'auto'
      ? 'rollwatch itself'
      : actor.name;
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${reason}`;
}
