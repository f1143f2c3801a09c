import { z } from 'zod';
import { analysis } from './schema/analysis.ts';
import { groups } from './schema/groups.ts';
import { metrics } from './schema/metrics.ts';
import { businessHours, freeze, guards, policyKeys } from './schema/policy.ts';
import { rollback } from './schema/rollback.ts';
import { sources } from './schema/sources.ts';
import { flag, number, section, words } from './schema/words.ts';

/** Keys that may stand at the top, in an environment and in a pipeline; the later of these wins key by key. */
const layerKeys = {
  ...policyKeys,
  analysis: analysis.optional(),
  guards: guards.optional(),
  freeze: freeze.optional(),
  businessHours: businessHours.optional(),
  metrics: metrics.optional(),
} as const;

const environment = section('Settings of the pipelines in an environment.', layerKeys);

const pipeline = section('Settings of the pipelines whose name fits.', {
  match: words('Name of a pipeline or a pattern with `*` and `?`.'),
  environment: words('Environment they are in; declared under `environments:`.').optional(),
  ...layerKeys,
  rollback: rollback.optional(),
});

const screen = section('The screen.', {
  ascii: flag('Draws with ASCII only.').optional(),
  fps: number('Frames per second for new data.', 0.1, 10).optional(),
  screenReader: flag('Sparse text without redrawing, for screen readers.').optional(),
});

/** The whole of rollwatch.yaml: everything is optional, an unknown key is an error. */
export const configFile = section('Configuration of rollwatch.', {
  ...layerKeys,
  environments: z
    .record(z.string().min(1), environment, { error: 'a mapping of environment names to their settings' })
    .meta({ description: 'Settings by environment.' })
    .optional(),
  pipelines: z
    .array(pipeline, { error: 'a list of pipelines, each with `match:`' })
    .meta({ description: 'Settings by pipeline; of several entries that fit, the later one wins key by key.' })
    .optional(),
  groups: groups.optional(),
  sources: sources.optional(),
  calls: z
    .record(z.string().min(1), z.array(words('A pipeline that is called.'), { error: 'a list of pipelines' }), {
      error: 'a mapping of pipelines to those they call',
    })
    .meta({ description: 'Who calls whom, caller first: where the cause of a failure is looked for.' })
    .optional(),
  peers: z
    .record(z.string().min(1), z.array(words('A peer.'), { error: 'a list of pipelines' }), {
      error: 'a mapping of pipelines to their peers',
    })
    .meta({
      description:
        'Pipelines that do the same without being deployed at the same time (other regions): what they show as well is not blamed on a deployment.',
    })
    .optional(),
  stateDir: words('Absolute path of the folder the state lives in.').optional(),
  group: words('Group that shares the state on this box.').optional(),
  screen: screen.optional(),
});

/** A validated rollwatch.yaml: durations in ms, offsets in minutes, rollbacks by platform. */
export type ConfigFile = z.output<typeof configFile>;

/** An entry of `pipelines:`. */
export type PipelineEntry = NonNullable<ConfigFile['pipelines']>[number];

/** The keys that layers share. */
export type SettingsLayer = Pick<
  ConfigFile,
  'policy' | 'mode' | 'production' | 'analysis' | 'guards' | 'freeze' | 'businessHours' | 'metrics'
>;
