import { chmod, chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { shareOf, weightsFor } from '../shares.ts';
import { StepRefused } from '../step.ts';
import type { Direction, Side, Sides } from '../two-sides.ts';

/** Fine enough for every whole percentage over several servers, small enough to be evened out in a few requests. */
export const MAX_WEIGHT = 100;
const HEAD = '# Written by rollwatch: the servers of two sides and their weights. Included inside upstream { }.';
const SERVER_LINE = /^server\s+(\S+?)((?:\s+\S+?)*)\s*;$/;

/** The file as it was read. */
export interface Include {
  readonly path: string;
  readonly text: string;
  /** Share in percent of each side, in the order of the config. */
  readonly percents: readonly [number, number];
}

/**
 * Reads the include file.
 *
 * @throws StepRefused when it is not there or has lines that are no servers of the two sides: someone else writes it.
 */
export async function readInclude(path: string, sides: Sides): Promise<Include> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new StepRefused((error as Error).message);
  });
  const weights = new Map<string, number>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, server, options = ''] = SERVER_LINE.exec(line) ?? [];
    if (server === undefined || !sides.some(({ servers }) => servers.includes(server))) {
      throw new StepRefused(`${path} has a line that is no server of either side: ${line.slice(0, 100)}`);
    }
    const weight = Number(/(?:^|\s)weight=(\d+)/.exec(options)?.[1] ?? 1);
    weights.set(server, /(?:^|\s)(?:down|backup)(?:\s|$)/.test(options) ? 0 : weight);
  }
  const [a, b] = sides.map(({ servers }) => servers.reduce((sum, one) => sum + (weights.get(one) ?? 0), 0));
  return { path, text, percents: [shareOf(a!, b!), shareOf(b!, a!)] };
}

/** The lines that give one side `percent` of the traffic; nginx knows no weight 0, so such a server is `down`. */
export function includeText({ from, to }: Direction, percent: number): string {
  const weights = weightsFor(percent, to.servers.length, from.servers.length, MAX_WEIGHT);
  const lines = ({ servers }: Side, weight: number): readonly string[] =>
    servers.map((server) => `server ${server} ${weight === 0 ? 'down' : `weight=${weight}`};`);
  return [HEAD, ...lines(to, weights.to), ...lines(from, weights.from), ''].join('\n');
}

/**
 * Puts another text in place of the one that was read, in one step, with the owner and mode of the file.
 *
 * @throws StepRefused when the file was changed since, or cannot be written.
 */
export async function replaceInclude({ path, text }: Include, next: string): Promise<void> {
  const draft = `${path}.rollwatch-${process.pid}`;
  try {
    const { uid, gid, mode } = await stat(path);
    await writeFile(draft, next, { flag: 'wx' });
    await chmod(draft, mode & 0o777);
    if (process.getuid?.() === 0) await chown(draft, uid, gid);
    if ((await readFile(path, 'utf8')) !== text) throw new Error(`${path} was changed by someone else meanwhile`);
    await rename(draft, path);
  } catch (error) {
    throw new StepRefused(`${(error as Error).message}: nothing was changed`);
  }
}
