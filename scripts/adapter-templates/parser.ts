/** Files of a new format: it takes no file and the contract suite fails until it has a fixture that it reads. */
export function parserFiles(name: string, identifier: string): Readonly<Record<string, string>> {
  return {
    [`src/parsers/${name}/index.ts`]: `import type { Format } from '../parser.ts';

/** The state between two blocks: plain JSON. */
export interface FormatState {
  readonly header: readonly string[] | null;
}

/** One sentence: what lines of this format look like. */
export const ${identifier}: Format<FormatState> = {
  name: '${name}',
  text: 'What lines of it look like, in one sentence.',
  extensions: ['.${name}'],
  sniff: (_head) => 0,
  init: () => ({ header: null }),
  restore: (saved) => (typeof saved === 'object' && saved !== null && 'header' in saved ? (saved as FormatState) : null),
  parse: (state, _block, _options) => ({ state, batches: [], issues: [], lines: { read: 0, data: 0, bad: 0, other: 0 } }),
};
`,
    [`src/parsers/${name}/README.md`]: `# ${name}

What lines look like, and a table: what → rule (time, labels, missing values, comments, issues).
`,
    [`test/fixtures/parsers/${name}/input-first.txt`]: '',
    [`test/fixtures/parsers/${name}/expected-first.json`]: '{}\n',
  };
}
