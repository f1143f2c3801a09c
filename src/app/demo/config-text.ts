import { DEMO_FLEET, type DemoEnvironment } from './fleet.ts';
import type { DemoFolder } from './folder.ts';

const ENVIRONMENTS: readonly DemoEnvironment[] = ['production', 'staging', 'canary'];

/** The demo's `rollwatch.yaml`: windows short enough to watch, and a rollback that really happens. */
export function configText(folder: DemoFolder): string {
  return `# The demo's configuration. A real one has the same keys and longer windows.

sources:
  - paths: [${quoted(folder.logs)}]
stateDir: ${quoted(folder.stateDir)}

# One row a second: an hour's analysis fits into two minutes.
analysis:
  control: 10m
  warmUp: 3s
  duration: 2m
  minimumSamples: 5
  persistence: 3
  staleIntervals: 10

# What the fleet shows first; everything else is watched all the same.
metrics:
  '*': { weight: 1 }
  cpu_usage: { weight: 2 }
  memory_usage: { weight: 2 }
  response_time: { weight: 3 }
  error_rate: { weight: 4 }
  http_5xx_per_minute: { weight: 2 }
  orders_per_minute: { weight: 3 }

guards:
  cooldown: 30s
  budget: { perPipeline: 2, perFleet: 5, window: 1h }
  proposalExpires: 10m
  autoCountdown: 20s
  autoPersistence: 6

environments:
  production: # asks for the pipeline's name to be typed
    mode: ask
    production: true
  staging: # asks for a key
    mode: ask
  canary: # acts by itself after a countdown that any key holds
    mode: auto

pipelines:
  - match: '*'
    rollback:
      command: [${quoted(folder.rollbackScript)}, '{pipeline}', '{to}']
      version: [${quoted(folder.versionScript)}, '{pipeline}']
      timeout: 30s
      strategy: { use: full } # the script knows one way back; without it a slight failure is a person's choice
      verify: { healthAtLeast: 70, for: 8s, within: 2m }
${ENVIRONMENTS.flatMap(members).join('')}`;
}

function members(environment: DemoEnvironment): readonly string[] {
  return DEMO_FLEET.filter((one) => one.environment === environment).map(
    (one) => `  - { match: ${one.name}, environment: ${environment} }\n`,
  );
}

/** Double-quoted YAML: JSON strings are a part of it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
