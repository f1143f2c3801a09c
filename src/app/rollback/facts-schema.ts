import { z } from 'zod';

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
/** What a platform may print of its facts; parts it leaves out are not known. */
export const facts = z.object({
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
