/** Makes the text of every shipped sample: a pure function of the fleet, the same bytes on every machine. */
import { isoTime } from '../../src/app/simulate/row-format.ts';
import type { Fault } from '../../src/core/simulate/fault-course.ts';
import { seedFor } from '../../src/core/simulate/rng.ts';
import { createSimulator } from '../../src/core/simulate/simulator.ts';
import { SAMPLE_FLEET } from './fleet.ts';
import { SAMPLE_START_MS, type PipelineSample } from './pipeline-sample.ts';

const MINUTE_MS = 60_000;
const SAMPLE_SEED = 20260302;

/** All files of `monitor_logs/` by name. */
export function sampleFiles(): ReadonlyMap<string, string> {
  const files = new Map(
    SAMPLE_FLEET.map((sample) => [`metrics_${sample.pipeline}.${sample.format.extension}`, logOf(sample)]),
  );
  files.set('deployments.jsonl', markers(SAMPLE_FLEET));
  return files;
}

function logOf(sample: PipelineSample): string {
  const simulator = createSimulator({
    profile: sample.profile,
    metrics: sample.metrics,
    faults: sample.faults.map((entry) => entry.fault),
    seed: seedFor(SAMPLE_SEED, sample.pipeline),
    warmUpMs: MINUTE_MS,
  });
  const deployedMs = sample.deployment === null ? Number.POSITIVE_INFINITY : minuteMs(sample.deployment.atMinute);
  let started = false;
  let text = sample.format.header(sample.metrics);
  for (
    let atMs = minuteMs(sample.startMinute);
    atMs < minuteMs(sample.endMinute);
    atMs += sample.intervalSeconds * 1000
  ) {
    if (!started && atMs >= deployedMs) {
      simulator.restart(deployedMs);
      started = true;
    }
    text += sample.format.row(sample.metrics, { atMs, values: simulator.next(atMs, activeFaults(sample, atMs)) });
  }
  return text;
}

function activeFaults(sample: PipelineSample, atMs: number): readonly Fault[] {
  return sample.faults
    .filter((entry) => atMs >= minuteMs(entry.fromMinute))
    .filter((entry) => entry.untilMinute === null || atMs < minuteMs(entry.untilMinute))
    .map((entry) => entry.fault);
}

function markers(fleet: readonly PipelineSample[]): string {
  return fleet
    .flatMap((sample) => (sample.deployment === null ? [] : [{ pipeline: sample.pipeline, ...sample.deployment }]))
    .sort((a, b) => a.atMinute - b.atMinute)
    .map(({ pipeline, version, previous, atMinute, commit, environment, features }) => {
      const at = isoTime(minuteMs(atMinute));
      return `${JSON.stringify({ pipeline, version, previous, at, commit, environment, features })}\n`;
    })
    .join('');
}

function minuteMs(minute: number): number {
  return SAMPLE_START_MS + Math.round(minute * MINUTE_MS);
}
