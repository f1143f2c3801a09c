import { STEP_EXIT, StepRefused, StepUnknown, StepUnreached } from './step.ts';
import { steps } from './steps.ts';

/** One step or reading of a platform: `node platform-step.mjs PLATFORM JSON`. Prints what came of it. */
const [platform = '', call = ''] = process.argv.slice(2);
const load = steps[platform];
if (load === undefined) {
  process.stderr.write(`A platform's step is started by rollwatch; there is none of ${JSON.stringify(platform)}.\n`);
  process.exit(STEP_EXIT.refused);
}
try {
  const step = await load();
  const lines = await step(JSON.parse(call), process.env);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof StepUnreached) return STEP_EXIT.unreached;
  if (error instanceof StepRefused) return STEP_EXIT.refused;
  return error instanceof StepUnknown ? STEP_EXIT.unknown : STEP_EXIT.failed;
}
