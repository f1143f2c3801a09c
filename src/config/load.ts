import type { ServiceGroup } from '../core/model/group.ts';
import type { PipelineSettings } from '../core/model/policy.ts';
import { explainGlobal, explainPipeline, explainGroups, explainRollback, type EffectiveValue } from './explain.ts';
import { groupsOf } from './groups.ts';
import { globalSettings, type GlobalSettings } from './global.ts';
import { environmentOf, layersFor, type Outside, type Parsed } from './layers.ts';
import { locateConfig, type Env } from './locate.ts';
import { metricSpecs } from './metric-specs.ts';
import { outsideOf, type ConfigFlags } from './outside.ts';
import type { ConfigProblem } from './problem.ts';
import { readConfigFile } from './read-file.ts';
import { resolve } from './resolve.ts';
import type { RollbackChoice, RollbackContext } from './rollback.ts';
import { settingsFrom } from './settings.ts';

/** The configuration in effect. Without a file it is all defaults. */
export interface LoadedConfig extends GlobalSettings {
  /** Absolute; null without a file. */
  readonly path: string | null;
  /** SHA-256 of the file's bytes, hex; null without a file. */
  readonly hash: string | null;
  readonly warnings: readonly ConfigProblem[];
  /** `announced` is the environment a deploy marker names; the config's own word is stronger. */
  settingsFor(pipeline: string, announced?: string | null): PipelineSettings;
  /** Services that are deployed together, in the order of the file. */
  readonly groups: readonly ServiceGroup[];
  /** How a pipeline is rolled back; null where the config does not say. */
  rollbackFor(pipeline: string): RollbackChoice | null;
  /** Absolute paths of all executables and scripts the config names, sorted. Throws PlanError for one that cannot be run. */
  executables(context: RollbackContext): readonly string[];
  /** Where each effective value comes from; of one pipeline, or what holds for any that no entry fits. */
  explain(pipeline: string | null): readonly EffectiveValue[];
}

/** What a config is loaded with. */
export interface LoadOptions {
  readonly flags: ConfigFlags;
  readonly env: Env;
  readonly cwd: string;
}

/** Finds, reads and validates the config. Throws ConfigError. Zod and YAML are loaded only when there is a file. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { flags, env, cwd } = options;
  const outside = outsideOf(flags, env);
  const place = locateConfig(flags.config, env, cwd);
  if (place === null) return configOf(null, null, [], globalSettings(null, flags, env), outside, NO_ROLLBACKS);
  const { text, hash } = readConfigFile(place.path);
  const { parseConfig } = await import('./parse.ts');
  const { warnings, ...parsed } = parseConfig(text, place.path);
  const rollbacks = await import('./rollback.ts');
  return configOf(parsed, hash, warnings, globalSettings(parsed, flags, env), outside, rollbacks);
}

/** The part that knows the platforms: loaded only where a file could name one. */
interface Rollbacks {
  rollbackOf(parsed: Parsed, pipeline: string): RollbackChoice | null;
  allRollbacks(parsed: Parsed): readonly (readonly [number, RollbackChoice])[];
}

/** Without a file nothing can be rolled back but on paper. */
const NO_ROLLBACKS: Rollbacks = { rollbackOf: () => null, allRollbacks: () => [] };

function configOf(
  parsed: Parsed,
  hash: string | null,
  warnings: readonly ConfigProblem[],
  global: GlobalSettings,
  outside: Outside,
  rollbacks: Rollbacks,
): LoadedConfig {
  const known = new Map<string, PipelineSettings>();
  const layered = (pipeline: string, announced: string | null) => {
    const environment = environmentOf(parsed, pipeline, announced);
    const layers = layersFor(parsed, pipeline, environment.name);
    return { layers, resolved: resolve(layers, environment, outside) };
  };
  return {
    ...global,
    path: parsed?.document.path ?? null,
    hash,
    warnings,
    groups: groupsOf(parsed?.file ?? null),
    settingsFor(pipeline, announced = null) {
      const key = JSON.stringify([pipeline, announced]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const { layers, resolved } = layered(pipeline, announced);
      const settings = settingsFrom(pipeline, resolved, metricSpecs(layers));
      known.set(key, settings);
      return settings;
    },
    rollbackFor: (pipeline) => rollbacks.rollbackOf(parsed, pipeline),
    executables(context) {
      const files = rollbacks.allRollbacks(parsed).flatMap(([, choice]) => choice.files(context));
      return [...new Set(files)].toSorted();
    },
    explain(pipeline) {
      const { layers, resolved } = layered(pipeline ?? '', null);
      const choice = rollbacks.rollbackOf(parsed, pipeline ?? '');
      return [
        ...explainGlobal(global),
        ...explainPipeline(resolved, layers),
        explainRollback(choice),
        ...explainGroups(parsed, pipeline),
      ];
    },
  };
}
