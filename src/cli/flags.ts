import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Mode, PolicyName } from '../core/model/decision.ts';
import { parseDuration } from '../config/duration.ts';
import { NO_FLAGS, type ConfigFlags } from '../config/outside.ts';

const EVERYWHERE = 'Options of every command:';

/** Flags every command knows, before or after its name. */
export interface GlobalFlags {
  readonly config?: string;
  readonly stateDir?: string;
  readonly readOnly?: boolean;
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** Adds the flags every command knows. */
export function addGlobalFlags(command: Command): Command {
  const options = [
    new Option('--config <file>', 'configuration to use instead of the one that is found'),
    new Option('--state-dir <dir>', 'where the state lives'),
    new Option('--read-only', 'look only: spawn nothing, answer nothing'),
    new Option('--no-color', 'no colours (NO_COLOR does the same)'),
    new Option('--debug', 'show the stack of an unexpected error'),
  ];
  for (const option of options) command.addOption(option.helpGroup(EVERYWHERE));
  return command;
}

/** The flags every command knows, wherever on the line they were given; the one nearer to the end wins. */
export function globalFlags(command: Command): GlobalFlags {
  const given: Record<string, unknown> = {};
  for (let one: Command | null = command; one !== null; one = one.parent) {
    for (const key of ['config', 'stateDir', 'readOnly', 'color', 'debug']) {
      if (!(key in given) && one.getOptionValueSource(key) === 'cli') given[key] = one.getOptionValue(key);
    }
  }
  return given;
}

/** What of the flags sets configuration. */
export function configFlags(command: Command, own: Partial<ConfigFlags> = {}): ConfigFlags {
  const { config, stateDir } = globalFlags(command);
  return { ...NO_FLAGS, config: config ?? null, stateDir: stateDir ?? null, ...own };
}

/** `--policy seed|guarded`. */
export function policyOption(text: string): Option {
  const names: readonly PolicyName[] = ['seed', 'guarded'];
  return new Option('--policy <name>', text).choices(names);
}

/** `--mode observe|ask|auto`. */
export function modeOption(): Option {
  const names: readonly Mode[] = ['observe', 'ask', 'auto'];
  return new Option('--mode <mode>', 'do at most this; can only lower what the configuration says').choices(names);
}

/** A number above 0; for `argParser`. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(`Expected a number above 0, found "${text}".`);
}

/** Frames per second of the screen; for `argParser`. */
export function framesPerSecond(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.1 && value <= 10) return value;
  throw new InvalidArgumentError(`Expected a number from 0.1 to 10, found "${text}".`);
}

/** A whole number from 0; for `argParser`. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number, found "${text}".`);
}

/** A duration such as `10m`, in ms; for `argParser`. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new InvalidArgumentError(`Expected a duration such as 10m or 90s, found "${text}".`);
}

/** `--wait`: how long a second shell waits for the engine. */
export function waitOption(): Option {
  return new Option('--wait <duration>', 'how long to wait for the engine that watches')
    .argParser(durationMs)
    .default(20_000, '20s');
}
