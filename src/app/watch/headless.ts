import { isoTime } from '../../core/model/time.ts';
import { decisionSentence, eventSentence, verdictSentence } from '../../core/session/event-sentence.ts';
import type { SessionEventType, StampedEvent } from '../../core/session/event.ts';
import type { Output, WatchOptions } from './options.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Decision } from '../../core/model/decision.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Summary } from './summary.ts';

/** Events worth a line: changes of verdict or decision, questions, answers, acts. */
const SHOWN: ReadonlySet<SessionEventType> = new Set<SessionEventType>([
  'deployment-observed',
  'verdict-changed',
  'decision-made',
  'proposal-opened',
  'proposal-held',
  'proposal-closed',
  'answer-refused',
  'execution-changed',
  'human-rollback',
  'external-rollback',
  'silenced',
  'silence-ended',
  'halted',
  'resumed',
]);

/** Prints what happens, one line an event: for people, or as JSON for programs (there every event). */
export function printEvents(stdout: Output, json: boolean): (stamped: StampedEvent) => void {
  return (stamped) => {
    if (json) {
      const { seq, atMs, event } = stamped;
      stdout.write(`${JSON.stringify({ seq, at: isoTime(atMs) ?? String(atMs), ...event })}\n`);
    } else if (SHOWN.has(stamped.event.type)) {
      const { pipeline, text } = eventSentence(stamped.event);
      stdout.write(`${isoTime(stamped.atMs)}  ${pipeline === '' ? '–' : pipeline}  ${text}\n`);
    }
  };
}

/** The end of a headless run: with `once` the picture as it is, else one line that sums up. */
export function printEnd(stdout: Output, options: EndOptions, snapshot: Snapshot, summary: Summary): void {
  if (!options.once) {
    if (options.json || options.headless) stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  if (options.json) stdout.write(`${JSON.stringify({ schemaVersion: 1, ...snapshot, files: summary.files })}\n`);
  else for (const line of pictureLines(snapshot)) stdout.write(`${line}\n`);
}

type EndOptions = Pick<WatchOptions, 'once' | 'json' | 'headless'>;

/** On one line with the verdict a decision need not repeat it. */
function decidedBeside(verdict: Verdict, decision: Decision): string {
  const said = decisionSentence(decision);
  return said === `holds: ${verdict.text}` ? 'holds' : said;
}

function pictureLines(snapshot: Snapshot): readonly string[] {
  if (snapshot.pipelines.length === 0)
    return snapshot.fleet.hints.length > 0 ? snapshot.fleet.hints : ['no pipelines found'];
  return snapshot.pipelines.map(({ pipeline, verdict, decision }) => {
    const name = visibleText(pipeline);
    return [name, verdictSentence(verdict), ...(decision === null ? [] : [decidedBeside(verdict, decision)])].join(
      '  ',
    );
  });
}
