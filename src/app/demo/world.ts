import { seedFor } from '../../core/simulate/rng.ts';
import { createSimulator, type Simulator } from '../../core/simulate/simulator.ts';
import type { Fault } from '../../core/simulate/fault-course.ts';
import { isoTime } from '../simulate/row-format.ts';
import { featuresOf, SMALL_CHANGE } from './change.ts';
import { DEMO_FLEET, type DemoPipeline } from './fleet.ts';
import { DEMO_STORY, type DemoDeployment } from './story.ts';

/** Text to be appended to a pipeline's log. */
export interface LogText {
  readonly pipeline: string;
  readonly text: string;
}

/** A deployment that is due: its version is to be put in place and its marker to be appended. */
export interface DueDeployment {
  readonly pipeline: string;
  readonly version: string;
  /** Line of `deployments.jsonl`, with its line end. */
  readonly marker: string;
}

/** What a step of the world brings. */
export interface WorldStep {
  readonly rows: readonly LogText[];
  readonly deployments: readonly DueDeployment[];
}

/** The simulated fleet: it knows no files and no clock; versions and time are told to it. */
export interface World {
  readonly fleet: readonly DemoPipeline[];
  /** Everything that was logged before the start, header included, and the markers of earlier deployments. */
  history(): { readonly logs: readonly LogText[]; readonly markers: string };
  /**
   * The rows at `nowMs` and the deployments due by then.
   *
   * @param versions version that serves now, by pipeline: whoever changed it, the metrics follow
   */
  step(nowMs: number, versions: ReadonlyMap<string, string>): WorldStep;
}

const HISTORY_MS = 62 * 60_000;
const ROW_MS = 1_000;
const MINUTE_MS = 60_000;
const WARM_UP_MS = 2_000;

interface Resident {
  readonly pipeline: DemoPipeline;
  readonly simulator: Simulator;
  readonly story: readonly DemoDeployment[];
  serving: string;
}

/** Makes the world; the same seed, start and versions give the same bytes. */
export function createWorld(seed: number, startMs: number): World {
  const residents = DEMO_FLEET.map((pipeline) => settle(pipeline, seed));
  const waiting = [...DEMO_STORY];

  return {
    fleet: DEMO_FLEET,
    history() {
      return {
        logs: residents.map((resident) => ({ pipeline: resident.pipeline.name, text: past(resident, startMs) })),
        markers: earlierMarkers(startMs),
      };
    },
    step(nowMs, versions) {
      const rows = residents.map((resident) => {
        const serving = versions.get(resident.pipeline.name) ?? resident.serving;
        if (serving !== resident.serving) {
          resident.serving = serving;
          resident.simulator.restart(nowMs);
        }
        return { pipeline: resident.pipeline.name, text: rowText(resident, nowMs, startMs) };
      });
      const deployments: DueDeployment[] = [];
      while (waiting[0] !== undefined && startMs + waiting[0].atSecond * 1000 <= nowMs) {
        const due = waiting.shift() as DemoDeployment;
        const previous = versions.get(due.pipeline) ?? '';
        deployments.push({ pipeline: due.pipeline, version: due.version, marker: marker(due, previous, nowMs) });
      }
      return { rows, deployments };
    },
  };
}

function settle(pipeline: DemoPipeline, seed: number): Resident {
  const story = DEMO_STORY.filter((deployment) => deployment.pipeline === pipeline.name);
  const faults = story.flatMap((deployment) => (deployment.fault === null ? [] : [deployment.fault]));
  const simulator = createSimulator({
    profile: pipeline.profile,
    metrics: pipeline.metrics,
    faults: pipeline.ailment === null ? faults : [...faults, pipeline.ailment.fault],
    seed: seedFor(seed, pipeline.name),
    warmUpMs: WARM_UP_MS,
  });
  return { pipeline, simulator, story, serving: pipeline.version };
}

/** The last row is one second before the start: the first live row follows it at the usual distance. */
function past(resident: Resident, startMs: number): string {
  const { format, metrics } = resident.pipeline;
  const pieces = [format.header(metrics)];
  for (let atMs = startMs - HISTORY_MS; atMs < startMs; atMs += ROW_MS) pieces.push(rowText(resident, atMs, startMs));
  return pieces.join('');
}

function rowText(resident: Resident, atMs: number, startMs: number): string {
  const { format, metrics } = resident.pipeline;
  return format.row(metrics, { atMs, values: resident.simulator.next(atMs, activeFaults(resident, atMs, startMs)) });
}

function activeFaults(resident: Resident, atMs: number, startMs: number): readonly Fault[] {
  const { ailment } = resident.pipeline;
  const ill = ailment !== null && atMs >= startMs - ailment.sinceMinutesAgo * MINUTE_MS ? [ailment.fault] : [];
  const bad = resident.story.find((deployment) => deployment.version === resident.serving)?.fault ?? null;
  return bad === null ? ill : [...ill, bad];
}

function earlierMarkers(startMs: number): string {
  return DEMO_FLEET.flatMap((one) => (one.deployedMinutesAgo === null ? [] : [{ one, ago: one.deployedMinutesAgo }]))
    .sort((a, b) => b.ago - a.ago)
    .map(({ one, ago }) => {
      const atMs = startMs - ago * MINUTE_MS;
      const { name: pipeline, version, previous, environment } = one;
      const features = featuresOf(SMALL_CHANGE, atMs);
      return `${JSON.stringify({ pipeline, version, previous, at: isoTime(atMs), environment, features })}\n`;
    })
    .join('');
}

function marker(due: DemoDeployment, previous: string, nowMs: number): string {
  const environment = DEMO_FLEET.find((one) => one.name === due.pipeline)?.environment;
  const { pipeline, version, commit } = due;
  const features = featuresOf(due.change, nowMs);
  return `${JSON.stringify({ pipeline, version, previous, at: isoTime(nowMs), commit, environment, features })}\n`;
}
