import type { Frame } from './frame.ts';
import { sayRefused } from './say-refused.ts';

/** Runs what a person asked for; what cannot be planned is a refusal with its sentence. */
export async function handRefusal(frame: Frame, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const name = (error as Error).name;
    if (name !== 'HandError' && name !== 'PlanError') throw error;
    return sayRefused(frame, (error as Error).message);
  }
}
