import { runProgram } from '../run-program.ts';
import { StepRefused, StepUnknown, StepUnreached } from '../step.ts';
import type { EcsPlace } from './call.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `aws ecs` at one place. */
export interface Ecs {
  /** A call that reads. @throws StepRefused when it was not answered; `code` of the error is its first word. */
  read(operation: string, args: readonly string[]): Promise<unknown>;
  /** A call that changes, sent once. @throws StepRefused when ECS refused it, StepUnknown when that cannot be told. */
  write(operation: string, args: readonly string[]): Promise<unknown>;
}

/** The CLI's own paging, prompting and metadata look-ups would only hang an unattended call. */
const QUIET = { AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' } as const;

/** `aws ecs` with the environment it is to have. */
export function createEcs({ aws, region, profile, endpoint }: EcsPlace, env: Env): Ecs {
  const where = ['--region', region, '--output', 'json'];
  if (profile !== null) where.push('--profile', profile);
  if (endpoint !== null) where.push('--endpoint-url', endpoint);

  async function run(
    operation: string,
    args: readonly string[],
    more: Env,
  ): Promise<{ text: string | null; said: string }> {
    const input = { env: { ...env, ...QUIET, ...more } };
    const end = await runProgram([aws, 'ecs', operation], [...where, ...args], input);
    return { text: end.exitCode === 0 ? end.stdout : null, said: `aws ecs ${operation}: ${end.said}` };
  }

  return {
    async read(operation, args) {
      const { text, said } = await run(operation, args, {});
      if (text === null) throw unanswered(said) ? new StepUnreached(said) : new StepRefused(said);
      return parsed(text, said);
    },
    async write(operation, args) {
      // The CLI sends again what was not answered; whether the first one arrived must not be guessed.
      const { text, said } = await run(operation, args, { AWS_MAX_ATTEMPTS: '1' });
      if (text === null) throw refused(said) ? new StepRefused(`${said}; nothing was changed`) : new StepUnknown(said);
      return parsed(text, said);
    },
  };
}

function unanswered(said: string): boolean {
  return /Could not connect to the endpoint|Throttling|ServiceUnavailable|Read timeout|Connection was closed|\(50\d\)/i.test(
    said,
  );
}

/** Answers by which ECS, or the CLI before it sent anything, refused the call. */
function refused(said: string): boolean {
  if (/\((?:ServerException|InternalFailure|InternalServerError|ServiceUnavailable|50\d)\)/.test(said)) return false;
  return /An error occurred \(|Could not connect to the endpoint|Unable to locate credentials|could not be found|Invalid choice|usage:|Parameter validation failed|Unknown options/i.test(
    said,
  );
}

function parsed(text: string, said: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StepUnknown(`${said}: answered something that is no JSON`);
  }
}
