import { z } from 'zod';
import { platforms } from '../../platforms/registry.ts';
import { reviewed, strategy } from './rollback-ways.ts';
import { flag } from './words.ts';

type WithName = z.ZodObject<{
  platform: z.ZodLiteral<string>;
  dryRun: z.ZodOptional<z.ZodBoolean>;
  strategy: z.ZodOptional<typeof strategy>;
  review: z.ZodOptional<typeof reviewed>;
}>;

/** One alternative per platform of the registry: its own keys beside `platform` and `dryRun`. */
const alternatives = Object.entries(platforms).map(([name, adapter]): WithName => {
  const shared = {
    platform: z.literal(name).meta({ description: `${adapter.summary}.` }),
    dryRun: flag('Everything but the last call.').optional(),
    strategy: strategy.optional(),
    review: reviewed.optional(),
  };
  // Each platform's keys are its own: they come out as `unknown` and go back to it as they are.
  return adapter.schema.extend(shared);
});

/** How to roll back; `platform: shell` if not said. */
export const rollback = z.preprocess(
  withPlatform,
  z
    .discriminatedUnion('platform', alternatives as [WithName], { error: unionError })
    .transform(({ platform, dryRun, strategy: way, review, ...config }) => {
      return { platform, dryRun: dryRun ?? false, strategy: way ?? null, review: review ?? null, config };
    }),
);

function unionError(issue: { readonly code?: string | undefined }): string | undefined {
  return issue.code === 'invalid_union' ? `one of ${Object.keys(platforms).join(', ')}` : undefined;
}

function withPlatform(value: unknown): unknown {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping && !('platform' in value) ? { platform: 'shell', ...value } : value;
}
