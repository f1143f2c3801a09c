import type { Platform, PlatformFacts } from '../../ports/platform.ts';
import type { ExecutorDeps } from '../executor/types.ts';
import { faultText } from '../executor/fault-text.ts';
import { outsideOf } from '../executor/outside.ts';
import { factsFrom } from './facts-from.ts';

/** What the platform says of a pipeline, or why it says nothing, as a clause. */
export interface FactsReading {
  readonly facts: PlatformFacts | null;
  readonly why: string | null;
}

/** Asks the platform for its facts. A platform that has none is no fault: both are null then. */
export async function readFacts(
  platform: Platform,
  pipeline: string,
  environment: string | null,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<FactsReading> {
  const command = platform.factsReader?.(pipeline, environment) ?? null;
  if (command === null) return { facts: null, why: null };
  const outcome = await outsideOf(deps).runCommand(command, deps.env);
  if (outcome.fault !== null) return { facts: null, why: faultText(command, outcome, deps.env) };
  const facts = await factsFrom(outcome.stdout);
  return facts === null
    ? { facts: null, why: 'what the platform says of its versions is not understood' }
    : { facts, why: null };
}
