import { z } from 'zod';
import type { PlatformFacts } from '../../ports/platform.ts';

const text = z.string().max(500);
const version = z.object({
  version: text,
  revision: text.nullable().default(null),
  deployedAtMs: z.number().nullable().default(null),
  by: text.nullable().default(null),
  change: text.nullable().default(null),
  commit: text.nullable().default(null),
  current: z.boolean().default(false),
});
const facts = z.object({
  versions: z.array(version).max(1000).default([]),
  selfHeal: text.nullable().default(null),
  notUndone: z.array(text).max(100).default([]),
  external: z
    .object({
      by: text,
      toVersion: text.nullable().default(null),
      atMs: z.number().nullable().default(null),
      inProgress: z.boolean().default(false),
      text,
    })
    .nullable()
    .default(null),
});

/** Facts from what a platform printed; parts it left out are not known. Null for anything that is not such an object. */
export function factsFrom(printed: string): PlatformFacts | null {
  let json: unknown;
  try {
    json = JSON.parse(printed);
  } catch {
    // Not JSON: the caller says that it is not understood.
    return null;
  }
  const read = facts.safeParse(json);
  return read.success ? read.data : null;
}
