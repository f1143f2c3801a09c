import { z } from 'zod';
import type { PlatformFacts } from '../ports/platform.ts';
import { StepRefused } from './step.ts';
import { sideVersion } from './side-version.ts';

/** One of two sets of servers that can serve the same traffic. */
export interface Side {
  readonly name: string;
  readonly servers: readonly string[];
  /** Absolute path of a file, or an `http://` address, whose first line is the version. */
  readonly version: string;
}

/** Both sides, in the order of the config. */
export type Sides = readonly [Side, Side];

/** From and to version of the plan; null where a reading is asked for without one. */
export interface Versions {
  readonly from: string | null;
  readonly to: string | null;
}

/** The side that is rolled back from and the one rolled back to. */
export interface Direction {
  readonly from: Side;
  readonly to: Side;
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/;
const VERSION_PLACE = /^(?:\/[^\0\n]{1,500}|http:\/\/[^\s\0]{1,500})$/;

/** Schema of `sides`; `server` is how one server is written. */
export function sidesSchema(server: RegExp, serverError: string) {
  const side = z.strictObject({
    name: z
      .string({ error: 'a name' })
      .regex(NAME, { error: 'a name' })
      .meta({ description: 'Name of this side, for people.' }),
    servers: z
      .array(z.string({ error: serverError }).regex(server, { error: serverError }), { error: serverError })
      .min(1, { error: serverError })
      .meta({ description: 'Servers of this side.' }),
    version: z
      .string({ error: 'the absolute path of a file, or an http:// address' })
      .regex(VERSION_PLACE, { error: 'the absolute path of a file, or an http:// address' })
      .meta({ description: 'File or http:// address whose first line is the version of this side.' }),
  });
  return z
    .tuple([side, side], { error: 'two sides' })
    .refine(([a, b]) => a.name !== b.name && !a.servers.some((one) => b.servers.includes(one)), {
      error: 'two sides with different names and no server in common',
    })
    .meta({ description: 'The two sides; which of them is the earlier version is read from them at each step.' });
}

/** What each side states, asked now. */
export function versionsOf(sides: Sides): Promise<readonly [string | null, string | null]> {
  return Promise.all([sideVersion(sides[0].version), sideVersion(sides[1].version)]);
}

/** Which side is which. @throws StepRefused when the sides do not state the two versions of the plan. */
export async function directionOf(sides: Sides, { from, to }: Versions): Promise<Direction> {
  const stated = await versionsOf(sides);
  const back = stated.indexOf(to);
  if (to !== null && back !== -1 && stated[1 - back] === from) return { from: sides[1 - back]!, to: sides[back]! };
  const text = sides.map(({ name }, index) => `${name}: ${stated[index] ?? 'none'}`).join(', ');
  throw new StepRefused(
    `the sides state other versions than ${from ?? '?'} and ${to ?? '?'} (${text}): nothing was done`,
  );
}

/**
 * What is known of two sides: what one can go back to is the other side.
 *
 * @param percents share of the traffic of each side, in their order
 */
export async function factsOfSides(sides: Sides, percents: readonly number[]): Promise<PlatformFacts> {
  const stated = await versionsOf(sides);
  const byShare = sides
    .map(({ name }, index) => ({ name, version: stated[index] ?? null, percent: percents[index] ?? 0 }))
    .toSorted((a, b) => b.percent - a.percent);
  return {
    versions: byShare.flatMap(({ name, version, percent }, index) => {
      if (version === null) return [];
      const change = `${name} with ${Math.round(percent)} % of the traffic`;
      const [revision, deployedAtMs, by, commit] = [null, null, null, null];
      return [{ version, revision, deployedAtMs, by, change, commit, current: index === 0 }];
    }),
    selfHeal: null,
    notUndone: [],
    external: null,
  };
}

/** The version that serves: the one rolled back from as long as it gets any traffic; else that of the greater share. */
export function servingVersion(
  stated: readonly [string | null, string | null],
  percents: readonly [number, number],
  from: string | null,
): string | null {
  const known = from === null ? -1 : stated.indexOf(from);
  if (known !== -1 && percents[known]! > 0) return from;
  return percents[1] > percents[0] ? stated[1] : stated[0];
}
