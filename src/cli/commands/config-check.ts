import type { Command } from 'commander';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import { ConfigError, problemText, type ConfigProblem } from '../../config/problem.ts';
import { EXIT } from '../exit-code.ts';
import { addExamples } from '../examples.ts';
import { configFlags } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';

/** `rollwatch config check`: finds mistakes and spawns nothing. */
export function addConfigCheck(parent: Command, frame: Frame): void {
  const command = parent
    .command('check')
    .description('find mistakes in the configuration; runs nothing')
    .option('--json', 'print the problems as JSON');
  command.action(action(frame, () => check(frame, command)));
  addExamples(command, ['rollwatch config check', 'rollwatch config check --config deploy/rollwatch.yaml --json']);
}

async function check(frame: Frame, command: Command): Promise<number> {
  const { problems, path } = await problemsIn(frame, command);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (command.opts<{ readonly json?: boolean }>().json === true) printJson(frame, { path, ok: errors === 0, problems });
  else print(frame, ...problems.map(problemText), verdict(path, errors, problems.length - errors));
  return errors === 0 ? EXIT.fine : EXIT.usage;
}

interface Found {
  readonly path: string | null;
  readonly problems: readonly ConfigProblem[];
}

async function problemsIn(frame: Frame, command: Command): Promise<Found> {
  const { env, cwd } = frame.context;
  try {
    const config = await loadConfig({ flags: configFlags(command), env, cwd });
    return { path: config.path, problems: [...config.warnings, ...(await commandProblems(frame, config))] };
  } catch (error) {
    if (error instanceof ConfigError) return { path: error.problems[0]?.path ?? null, problems: error.problems };
    throw error;
  }
}

/** A command that could not be run is a warning: the box that acts may be another one. */
async function commandProblems(frame: Frame, config: LoadedConfig): Promise<readonly ConfigProblem[]> {
  if (config.path === null) return [];
  const { trustSubject } = await import('../../config/trust-subject.ts');
  const { PlanError } = await import('../../ports/platform.ts');
  const warning = {
    severity: 'warning',
    path: config.path,
    line: null,
    column: null,
    key: 'rollback',
    fix: null,
  } as const;
  try {
    trustSubject(config, frame.context.env);
    return [];
  } catch (error) {
    if (error instanceof PlanError) return [{ ...warning, message: error.message }];
    throw error;
  }
}

function verdict(path: string | null, errors: number, warnings: number): string {
  if (path === null) return 'no configuration: the defaults are in effect (rollwatch config explain)';
  const counts = [
    ...(errors > 0 ? [`${errors} error${errors === 1 ? '' : 's'}`] : []),
    ...(warnings > 0 ? [`${warnings} warning${warnings === 1 ? '' : 's'}`] : []),
  ];
  return counts.length === 0 ? `${path}: fine` : `${path}: ${counts.join(', ')}`;
}
