import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { globalFlags } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { record } from '../state.ts';
import { UsageError } from '../usage-error.ts';

/** `rollwatch config trust`: lets rollwatch run what the config names, as both are now. */
export function addConfigTrust(parent: Command, frame: Frame): void {
  const command = parent
    .command('trust')
    .description('allow what the configuration names to be run; records its hash and those of its executables')
    .option('--json', 'print what was recorded as JSON');
  command.action(action(frame, () => trust(frame, command)));
  addExamples(command, ['rollwatch config trust', 'rollwatch config trust --config /srv/ops/rollwatch.yaml']);
}

async function trust(frame: Frame, command: Command): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only records nothing');
  const { env, clock } = frame.context;
  const config = await loadFor(frame, command);
  const { trustSubject } = await import('../../config/trust-subject.ts');
  const { recordTrust } = await import('../../config/trust.ts');
  const { currentPerson } = await import('../../app/executor/holder.ts');
  const who = userInfo();
  const subject = trustSubject(config, env);
  const trusted = recordTrust(subject, { env, uid: who.uid }, who.username, clock.nowMs());
  const by = currentPerson(env);
  await record(frame, config, { type: 'config-trusted', by, path: config.path ?? '', hash: trusted.configHash });
  if (command.opts<{ readonly json?: boolean }>().json === true) {
    printJson(frame, { path: config.path, ...trusted });
    return 0;
  }
  print(frame, `trusted: ${config.path ?? ''}`, ...subject.executables.map((path) => `trusted: ${path}`));
  if (subject.executables.length === 0) print(frame, 'it names nothing that could be run');
  return 0;
}
