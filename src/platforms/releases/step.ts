import type { EarlierVersion, PlatformFacts } from '../../ports/platform.ts';
import { runProgram } from '../run-program.ts';
import { STEP_EXIT, StepRefused, StepUnknown, StepUnreached, type PlatformStep } from '../step.ts';
import type { ReleasesCall } from './call.ts';
import { SCRIPT } from './script.ts';

/** ssh's own exit code: no connection, or one that broke. */
const SSH_FAILED = 255;
const BEGUN = 'begun';
const NOT_CONNECTED = /connect to host \S+ port \d+: (?:Connection (?:timed out|refused)|No route to host)/i;

/** One call of the releases platform. */
export const releasesStep: PlatformStep = async (argument, env) => {
  const call = argument as ReleasesCall;
  const lines = await runScript(call, env);
  return call.act.do === 'facts' ? [JSON.stringify(factsOf(lines))] : lines;
};

async function runScript(call: ReleasesCall, env: Parameters<PlatformStep>[1]): Promise<readonly string[]> {
  const { act, machineId, root, current, releases, versions, reload } = call;
  const names = [machineId, root, current, releases, versions.from, versions.to].map((name) => name ?? '-');
  const end = await runProgram(call.program, [act.do, ...names, ...(reload ?? [])], { stdin: SCRIPT, env });
  const [first, ...lines] = end.stdout.trimEnd().split('\n');
  if (end.exitCode === 0 && first === BEGUN) return lines;
  const begun = first === BEGUN;
  const text = end.said.replaceAll(/\s+/g, ' ');
  const changes = act.do === 'link' || act.do === 'reload';
  // Only what never came to a connection: one that was closed may have carried the script there.
  if (!begun && NOT_CONNECTED.test(text)) throw new StepUnreached(text);
  if (!begun || end.exitCode === STEP_EXIT.refused || !changes) throw new StepRefused(text);
  if (end.exitCode === SSH_FAILED || end.exitCode === null) throw new StepUnknown(`the connection was lost: ${text}`);
  throw new Error(text);
}

function factsOf([current = '', ...names]: readonly string[]): PlatformFacts {
  const newestFirst = [current, ...names.filter((name) => name !== current && name !== '')];
  return {
    versions: newestFirst.map((version): EarlierVersion => {
      const [revision, deployedAtMs, by, change, commit] = [null, null, null, null, null];
      return { version, revision, deployedAtMs, by, change, commit, current: version === current };
    }),
    selfHeal: null,
    notUndone: [],
    external: null,
  };
}
