import { setTimeout as sleep } from 'node:timers/promises';
import { markOf } from '../../supervisor/process-mark.ts';
import { currentHolder } from '../executor/holder.ts';
import { liveDrive } from '../watch/live-drive.ts';
import type { WatchContext } from '../watch/options.ts';
import type { SessionParts } from '../watch/parts.ts';
import { createPulse } from '../watch/pulse.ts';
import { createSession, type Session } from '../watch/session.ts';
import type { HandOptions } from './hand-options.ts';

/** A session that follows the logs until it is stopped. */
export interface Listening {
  readonly session: Session;
  stop(): Promise<void>;
}

const PULSE_MS = 250;
const LOOK_EVERY_MS = 100;

/** Takes in what is there, then waits until a live sample of the pipeline has come or the time is over. */
export async function listen(parts: SessionParts, options: HandOptions, context: WatchContext): Promise<Listening> {
  const session = createSession(parts);
  const { journey } = session;
  const { store } = parts.place;
  const drive = liveDrive(options.watch, context.cwd, parts.clock, null);
  const connection = drive.connect({
    take: (input) => void journey.take(input),
    pulse: () => pulse(),
    log: (text) => parts.log({ level: 'info', text }),
  });
  const beat = { id: `${process.pid}@${parts.clock.nowMs()}`, holder: currentHolder(), mark: markOf(process.pid) };
  const pulse = createPulse({ journey, store, clock: parts.clock, standing: parts.standing, beat, connection });
  journey.note({ type: 'session-started', by: parts.person, version: context.version, configHash: parts.config.hash });
  pulse();
  const timer = setInterval(pulse, PULSE_MS);

  async function stop(): Promise<void> {
    clearInterval(timer);
    await connection.stop();
    store.endBeat(beat.id);
    journey.note({ type: 'session-ended', reason: 'done' });
    session.end();
  }

  const endMs = parts.clock.monotonicMs() + options.waitMs;
  try {
    await connection.play(context.interrupt());
    pulse();
    while (parts.clock.monotonicMs() < endMs && !isLive(session, options.pipeline)) await sleep(LOOK_EVERY_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return { session, stop };
}

function isLive(session: Session, pipeline: string | null): boolean {
  return session
    .snapshot()
    .pipelines.some((one) => (pipeline === null || one.pipeline === pipeline) && one.freshness === 'live');
}
