import type { Command } from 'commander';
import type { Frame } from '../frame.ts';
import { addConfigCheck } from './config-check.ts';
import { addConfigExplain } from './config-explain.ts';
import { addConfigInit } from './config-init.ts';
import { addConfigSchema } from './config-schema.ts';
import { addConfigTrust } from './config-trust.ts';

/** `rollwatch config …`. */
export function addConfig(program: Command, frame: Frame): void {
  const config = program.command('config').description('make, check, explain and trust the configuration');
  for (const add of [addConfigInit, addConfigCheck, addConfigExplain, addConfigTrust, addConfigSchema])
    add(config, frame);
  config.addHelpText('after', PLACES);
}

const PLACES = `
The first of these that is there is the only one read:
  --config FILE
  $ROLLWATCH_CONFIG
  ./rollwatch.yaml
  $XDG_CONFIG_HOME/rollwatch/rollwatch.yaml   (~/.config if not set)
  /etc/rollwatch/rollwatch.yaml
Flags are stronger than the environment, which is stronger than the file; they can only lower the mode.
`;
