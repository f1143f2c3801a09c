import { deploymentId } from '../../core/model/deployment.ts';
import { isoTime } from '../../core/model/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineInput } from '../engine/types.ts';
import type { FileProgress } from '../ingest.ts';
import { AssessError } from '../assess/assess-error.ts';
import { createFeed } from './feed.ts';
import { sourcesOf } from './live-drive.ts';
import type { WatchOptions } from './options.ts';

/** What recorded files hold, as inputs of the engine. */
export interface RecordedInputs {
  readonly inputs: readonly EngineInput[];
  readonly notices: readonly string[];
  readonly files: () => readonly FileProgress[];
}

/**
 * Reads recorded files whole. With `deployedAtMs` every pipeline is taken to have been deployed then, whatever markers say.
 *
 * @throws AssessError when there is no sample before `deployedAtMs`, or none after it
 */
export async function readRecorded(
  options: Pick<WatchOptions, 'paths' | 'config' | 'deployedAtMs'>,
  cwd: string,
  clock: Clock,
): Promise<RecordedInputs> {
  const inputs: EngineInput[] = [];
  const notices: string[] = [];
  const feed = createFeed({
    sources: sourcesOf(options, cwd),
    clock,
    once: true,
    whole: true,
    offsets: null,
    take: (input) => inputs.push(input),
    onNotice: (text) => notices.push(text),
  });
  await feed.start();
  await feed.stop();
  const { deployedAtMs } = options;
  if (deployedAtMs !== null) checkInside(inputs, deployedAtMs);
  return {
    inputs: deployedAtMs === null ? inputs : deployedThen(inputs, deployedAtMs),
    notices,
    files: () => feed.files(),
  };
}

function checkInside(inputs: readonly EngineInput[], atMs: number): void {
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const input of inputs) {
    if (input.type !== 'rows') continue;
    for (const sampleMs of input.batch.atMs.subarray(0, input.batch.rowCount)) {
      firstMs = Math.min(firstMs, sampleMs);
      lastMs = Math.max(lastMs, sampleMs);
    }
  }
  // Without any sample there is something else to be said.
  if (lastMs < firstMs || (firstMs < atMs && atMs <= lastMs)) return;
  const reach = `which reaches from ${isoTime(firstMs) ?? '–'} to ${isoTime(lastMs) ?? '–'}`;
  throw new AssessError(
    `Expected --deployed-at inside the recording, ${reach}; it is ${isoTime(atMs) ?? String(atMs)}.`,
  );
}

function deployedThen(inputs: readonly EngineInput[], atMs: number): readonly EngineInput[] {
  const pipelines = new Set(inputs.flatMap((input) => (input.type === 'rows' ? [input.pipeline] : [])));
  const deployments = [...pipelines].map((pipeline): EngineInput => {
    const id = deploymentId(pipeline, 'new', atMs);
    const rest = { environment: null, commit: null, origin: 'command', features: null } as const;
    return {
      type: 'deployment',
      nowMs: atMs,
      deployment: { id, pipeline, version: 'new', previous: 'old', atMs, ...rest },
    };
  });
  return [...inputs.filter(({ type }) => type !== 'deployment'), ...deployments];
}
