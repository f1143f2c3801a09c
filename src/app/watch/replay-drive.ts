import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';
import type { Drive, DriveLink } from './drive.ts';
import type { WatchOptions } from './options.ts';
import { readRecorded } from './recorded-inputs.ts';
import { createManualClock, createRecording } from './recording.ts';

const FRAME_MS = 200;
/** A minute a second: an hour's story in a minute. */
const SCREEN_SPEED = 60;
/** The engine looks at the time at least this often in replayed time … */
const LONGEST_STEP_MS = 1_000;
/** … unless that would be more often than this in one frame. */
const STEPS_PER_FRAME = 500;

/**
 * Plays recorded files as if live, `speed` seconds a second; headless as fast as it can. When everything has been played
 * the clock stands still, so that the last picture stays as it is.
 */
export async function replayDrive(options: WatchOptions, cwd: string, clock: Clock, onScreen: boolean): Promise<Drive> {
  const speed = options.speed ?? (onScreen ? SCREEN_SPEED : null);
  const { inputs, notices, files } = await readRecorded(options, cwd, clock);
  const recording = createRecording(inputs);
  const replayClock = createManualClock(recording?.startMs ?? clock.nowMs());

  async function play(link: DriveLink, signal: AbortSignal): Promise<void> {
    if (recording === null) return;
    give(link, recording.startMs);
    link.take({ type: 'caught-up', nowMs: replayClock.nowMs() });
    link.pulse();
    const frameMs = speed !== null ? FRAME_MS * speed : (recording.endMs - recording.startMs) / 10;
    const stepMs = Math.max(LONGEST_STEP_MS, frameMs / STEPS_PER_FRAME);
    while (replayClock.nowMs() < recording.endMs && !signal.aborted) {
      const frameEndMs = Math.min(recording.endMs, replayClock.nowMs() + frameMs);
      while (replayClock.nowMs() < frameEndMs) {
        give(link, Math.min(frameEndMs, replayClock.nowMs() + stepMs));
        link.pulse();
      }
      await sleep(speed !== null ? FRAME_MS : 0, undefined, { signal }).catch(() => undefined);
    }
  }

  function give(link: DriveLink, untilMs: number): void {
    replayClock.moveTo(untilMs);
    for (const input of recording?.advance(untilMs) ?? []) link.take(input);
  }

  return {
    clock: replayClock,
    ends: !onScreen,
    connect(link) {
      for (const notice of notices) link.log(notice);
      for (const input of inputs) {
        if (input.type === 'hint' || input.type === 'source') link.take({ ...input, nowMs: replayClock.nowMs() });
      }
      return {
        play: (signal) => play(link, signal),
        stop: async () => undefined,
        files,
        report: () => undefined,
      };
    },
  };
}
