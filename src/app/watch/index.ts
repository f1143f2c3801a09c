import { setTimeout as sleep } from 'node:timers/promises';
import { mostSerious, type Outcome } from '../../core/session/outcome.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import { markOf } from '../../supervisor/process-mark.ts';
import { currentHolder } from '../executor/holder.ts';
import { createPortions } from './portions.ts';
import type { Drive } from './drive.ts';
import { printEnd, printEvents } from './headless.ts';
import { liveDrive } from './live-drive.ts';
import type { WatchContext, WatchOptions } from './options.ts';
import { leaveActs } from './own-acts.ts';
import { openParts, type SessionParts } from './parts.ts';
import { createPulse } from './pulse.ts';
import { replayDrive } from './replay-drive.ts';
import { showScreen } from './screen.ts';
import { createSession, type Session } from './session.ts';
import { createTally, outcomeOfRun } from './summary.ts';

const PULSE_MS = 1_000;
/** How long the first frame waits at most for what is in the logs; a small fleet is read in a tenth of it. */
const FIRST_LOOK_MS = 1_000;

/**
 * Watches until the operator leaves, the process is told to end, or with `once` and in a headless replay until
 * everything is judged. Gives how it ended; with a screen that is `fine` unless a rollback went wrong.
 *
 * @throws StoreError when a state directory that was named cannot be used
 */
export async function runWatch(options: WatchOptions, context: WatchContext): Promise<Outcome> {
  const signal = context.interrupt();
  const onScreen = !options.headless && !options.once && context.stdout.isTTY && context.stdin.isTTY;
  const recorded = options.replay ? await replayDrive(options, context.cwd, context.clock, onScreen) : null;
  const clock: Clock = recorded?.clock ?? context.clock;
  const parts = await openParts(options, context, clock);
  try {
    const offsets = parts.place.temporaryBecause === null ? parts.place.store : null;
    const drive = recorded ?? liveDrive(options, context.cwd, clock, offsets);
    return await watch(options, context, parts, drive, { onScreen, signal });
  } finally {
    parts.close();
  }
}

interface Manner {
  readonly onScreen: boolean;
  readonly signal: AbortSignal;
}

async function watch(
  options: WatchOptions,
  context: WatchContext,
  parts: SessionParts,
  drive: Drive,
  { onScreen, signal }: Manner,
): Promise<Outcome> {
  const session = createSession(parts);
  const { journey } = session;
  const { store } = parts.place;
  const tally = createTally();
  journey.subscribe(tally.count);
  if (!onScreen && !options.once) journey.subscribe(printEvents(context.stdout, options.json || options.headless));

  const portions = createPortions(journey);
  const connection = drive.connect({
    take: (input) => portions.take(input),
    pulse: () => pulse(),
    log: (text) => parts.log({ level: 'info', text }),
  });
  const beat = { id: `${process.pid}@${parts.clock.nowMs()}`, holder: currentHolder(), mark: markOf(process.pid) };
  const pulse = createPulse({ journey, store, clock: parts.clock, standing: parts.standing, beat, connection });
  begin(session, parts, context);
  pulse();
  const timer = options.replay ? null : setInterval(pulse, PULSE_MS);
  const left = new AbortController();
  const over = AbortSignal.any([signal, left.signal]);
  if (!options.readOnly && !options.dryRun && parts.place.temporaryBecause === null) session.reconcile();
  const played = connection.play(over);
  const screen = onScreen ? screenAfter(played).finally(() => left.abort()) : null;

  /** Drawn once, with what is there, where that is read in a moment; else with what has been read so far. */
  async function screenAfter(backfill: Promise<void>): Promise<void> {
    await Promise.race([backfill.catch(() => undefined), sleep(options.replay ? 0 : FIRST_LOOK_MS)]);
    if (!over.aborted) await showScreen(options, context, session, over);
  }

  try {
    await played;
    portions.flush();
    pulse();
    if (!drive.ends || screen !== null) await aborted(over);
  } finally {
    left.abort();
    await screen;
    await leaveActs(session, (text) => context.stderr.write(`rollwatch: ${text}\n`));
    if (timer !== null) clearInterval(timer);
    await connection.stop();
    portions.flush();
    pulse();
    store.endBeat(beat.id);
    journey.note({ type: 'session-ended', reason: signal.aborted ? 'told to end' : onScreen ? 'left' : 'done' });
  }
  const snapshot = session.snapshot();
  session.end();
  if (!onScreen) printEnd(context.stdout, options, snapshot, tally.summary(connection.files()));
  return onScreen ? worstAct(snapshot) : outcomeOfRun(snapshot);
}

function begin(session: Session, parts: SessionParts, context: WatchContext): void {
  const { journey } = session;
  const { version } = context;
  journey.note({ type: 'session-started', by: parts.person, version, configHash: parts.config.hash });
  const { lossText } = parts.place.store;
  if (lossText !== null) journey.take({ type: 'hint', nowMs: parts.clock.nowMs(), text: lossText });
}

/** Who looked at the screen knows what it showed; only a rollback that went wrong is worth a code. */
function worstAct(snapshot: Snapshot): Outcome {
  const settled = snapshot.executions.filter(({ state }) => state !== 'executing' && state !== 'verifying');
  const outcome = outcomeOfRun({ ...snapshot, executions: settled });
  return outcome === 'rollback-failed' || outcome === 'restored-unhealthy' ? outcome : mostSerious([]);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
