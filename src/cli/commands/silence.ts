import type { Command } from 'commander';
import { isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { durationMs, globalFlags } from '../flags.ts';
import { action, loadFor, print, type Frame } from '../frame.ts';
import { record, stateDirOf } from '../state.ts';
import { UsageError } from '../usage-error.ts';

interface SilenceFlags {
  readonly for?: number;
  readonly reason?: string;
  readonly end?: string;
}

/** `rollwatch silence`: no questions about some pipelines for a while; judging and the audit go on. */
export function addSilenceCommand(program: Command, frame: Frame): void {
  const command = program
    .command('silence')
    .description('ask nothing about some pipelines for a while; without a pipeline: list silences')
    .argument('[pipeline]', 'name or pattern with * and ?')
    .option('--for <duration>', 'how long, such as 30m or 2h; at most 30d', durationMs)
    .option('--reason <text>', 'why; shown where a question would have been')
    .option('--end <id>', 'end a silence now');
  command.action(action(frame, (pipeline?: string) => silence(frame, command, pipeline)));
  addExamples(command, [
    'rollwatch silence checkout --for 2h --reason "load test"',
    'rollwatch silence',
    'rollwatch silence --end 4f1c2a3b',
  ]);
}

async function silence(frame: Frame, command: Command, pipeline?: string): Promise<number> {
  const flags = command.opts<SilenceFlags>();
  const config = await loadFor(frame, command);
  const { addSilence, endSilence, readSilences } = await import('../../app/silence.ts');
  const { currentPerson } = await import('../../app/executor/holder.ts');
  const { env, clock } = frame.context;
  const nowMs = clock.nowMs();
  const dir = stateDirOf(frame, config);
  if (pipeline === undefined && flags.end === undefined) {
    const lines = readSilences(dir, nowMs).map(({ id, untilMs, by, reason, ...one }) =>
      [id, one.pipeline, `until ${isoTime(untilMs) ?? '–'}`, by, reason].map((cell) => visibleText(cell, 200)),
    );
    print(frame, ...(lines.length === 0 ? ['nothing is silenced'] : columns(lines)));
    return EXIT.fine;
  }
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only silences nothing');
  if (flags.end !== undefined) {
    const ended = endSilence(dir, flags.end, nowMs);
    if (ended === null) {
      print(frame, `there is no silence ${visibleText(flags.end, 40)}`);
      return EXIT.refused;
    }
    print(frame, `silence ${flags.end} has ended`);
    const { id, pipeline: of } = ended;
    await record(frame, config, { type: 'silence-ended', by: currentPerson(env), id, pipeline: of });
    return EXIT.fine;
  }
  if (flags.for === undefined || flags.reason === undefined) {
    throw new UsageError('a silence needs --for and --reason, such as --for 2h --reason "load test"');
  }
  const request = { pipeline: pipeline!, forMs: flags.for, reason: flags.reason, by: currentPerson(env) };
  const made = addSilence(dir, request, nowMs);
  const { id, untilMs } = made;
  print(frame, `silenced ${visibleText(pipeline!, 120)} until ${isoTime(untilMs) ?? '–'} (${id})`);
  await record(frame, config, { type: 'silenced', by: request.by, silence: made });
  return EXIT.fine;
}
