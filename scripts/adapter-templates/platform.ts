/** Files of a new platform: every plan is refused with a sentence until it is written. */
export function platformFiles(name: string, identifier: string): Readonly<Record<string, string>> {
  return {
    [`src/platforms/${name}/schema.ts`]: `import { z } from 'zod';

/** Config of the platform. */
export const ${identifier}Config = z
  .strictObject({ service: z.string({ error: 'the name of the service' }).meta({ description: 'Name of the service.' }) })
  .meta({ description: 'Rolls back on ${name}.' });
`,
    [`src/platforms/${name}/index.ts`]: `import type { z } from 'zod';
import { PlanError, type Platform } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { ${identifier}Config } from './schema.ts';

/** Rolls back on ${name}. */
export const ${identifier} = {
  summary: 'what it rolls back, in a clause',
  schema: ${identifier}Config,
  ability: () => ({ configured: true, hasVersionReader: false, hasVerify: false }),
  files: () => [],
  create,
} as const satisfies PlatformAdapter<typeof ${identifier}Config>;

function create(config: z.output<typeof ${identifier}Config>, context: PlatformContext): Platform {
  const id = \`${name}:\${context.host.machineId}:\${config.service}\`;
  return {
    name: '${name}',
    target: (pipeline) => ({ platform: '${name}', id, text: pipeline }),
    plan: () => {
      throw new PlanError('${name} cannot make a plan yet');
    },
    versionReader: () => null,
  };
}
`,
    [`src/platforms/${name}/README.md`]: `# ${name}

What it does · permissions needed · sample config · failure modes.
`,
    [`src/platforms/${name}/sample.config.yaml`]: `service: checkout
`,
    [`test/unit/platforms/${name}.test.ts`]: `import { expect, it } from 'vitest';
import { ${identifier} } from '../../../src/platforms/${name}/index.ts';

it('plans the exact calls', () => {
  const context = { baseDir: '/', home: '/', dryRunBecause: null, host: { name: 'box', machineId: 'id' } };
  const request = { pipeline: 'a', environment: null, deploymentId: 'a@2@1', fromVersion: '2', toVersion: '1' };
  expect(${identifier}.create({ service: 'a' }, context).plan(request).steps).toHaveLength(1);
});
`,
  };
}
