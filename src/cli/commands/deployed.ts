import { InvalidArgumentError, type Command } from 'commander';
import { announceDeployment } from '../../app/deployed.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';

interface DeployedFlags {
  readonly pipeline: string;
  readonly version: string;
  readonly at?: string;
  readonly commit?: string;
  readonly previous?: string;
  readonly environment?: string;
  readonly features?: Readonly<Record<string, number>>;
  readonly logs?: string;
  readonly json?: boolean;
}

/** `rollwatch deployed`: announces a deployment to whoever watches the logs. */
export function addDeployed(program: Command, frame: Frame): void {
  const command = program
    .command('deployed')
    .description('announce a deployment: one line in deployments.jsonl beside the metric logs')
    .requiredOption('--pipeline <id>', 'pipeline that was deployed')
    .requiredOption('--version <version>', 'version that is live now')
    .option('--at <time>', 'when, ISO 8601; now if not given')
    .option('--commit <sha>', 'commit of the version')
    .option('--previous <version>', 'version that was live before')
    .option('--environment <name>', 'environment it went to')
    .option('--features <k=v...>', 'deployment features for the risk model, as numbers', addFeature)
    .option('--logs <dir>', 'folder of the metric logs; the first that is watched if not given')
    .option('--json', 'print the line that was written');
  command.action(action(frame, () => deployed(frame, command)));
  addExamples(command, [
    'rollwatch deployed --pipeline checkout --version 1.8.0 --commit 3f2c1ab',
    'rollwatch deployed --pipeline checkout --version 1.8.0 --previous 1.7.4 --features num_tasks=12 num_failed_tasks=0',
  ]);
}

async function deployed(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<DeployedFlags>();
  const config = await loadFor(frame, command);
  const written = announceDeployment({
    pipeline: flags.pipeline,
    version: flags.version,
    at: flags.at ?? null,
    commit: flags.commit ?? null,
    previous: flags.previous ?? null,
    environment: flags.environment ?? null,
    features: flags.features ?? {},
    paths: flags.logs === undefined ? config.sources.value.flatMap((source) => source.paths) : [flags.logs],
    cwd: frame.context.cwd,
    nowMs: frame.context.clock.nowMs(),
  });
  if (flags.json === true) printJson(frame, written.marker);
  else print(frame, `${flags.pipeline} ${flags.version} announced in ${written.path}`);
  return 0;
}

function addFeature(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const match = /^([A-Za-z][A-Za-z0-9_]{0,99})=(-?\d+(?:\.\d+)?)$/.exec(text);
  if (match === null) throw new InvalidArgumentError(`Expected name=number, found "${text}".`);
  return { ...before, [match[1]!]: Number(match[2]) };
}
