/** Files of a new metric source: it refuses to start until it is written. */
export function sourceFiles(name: string, identifier: string): Readonly<Record<string, string>> {
  return {
    [`src/sources/${name}/index.ts`]: `import type { MetricSource } from '../../ports/metric-source.ts';

/** What the source is told. */
export interface SourceOptions {
  readonly url: string;
}

/** One sentence: where its metrics come from. */
export const ${identifier} = {
  name: '${name}',
  text: 'Where its metrics come from, in one sentence.',
  create(options: SourceOptions): MetricSource {
    return {
      start: () => Promise.reject(new Error(\`${name} cannot read \${options.url} yet\`)),
      stop: () => Promise.resolve(),
    };
  },
};
`,
    [`src/sources/${name}/README.md`]: `# ${name}

What it reads · which API and permission · sample config · failure modes, recoverable or not.
`,
    [`test/unit/sources/${name}.test.ts`]: `import { expect, it } from 'vitest';
import { ${identifier} } from '../../../src/sources/${name}/index.ts';

it('delivers what is there at the start', async () => {
  const blocks: unknown[] = [];
  const source = ${identifier}.create({ url: 'http://127.0.0.1:1' });
  await source.start({ block: (block) => void blocks.push(block), notice: () => undefined, issue: () => undefined });
  expect(blocks).not.toEqual([]);
});
`,
  };
}
