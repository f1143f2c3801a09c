import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseIssue, RowBatch } from '../../src/core/model/sample.ts';
import type { Format, LineCount, ParseOptions } from '../../src/parsers/parser.ts';
import { formats } from '../../src/parsers/registry.ts';

const FIXTURES = 'test/fixtures/parsers';
const OPTIONS: ParseOptions = { defaultZoneOffsetMinutes: 0, nowMs: 1_767_225_600_000, maxIssues: 1000 };

interface Reading {
  readonly samples: readonly string[];
  readonly issues: readonly Omit<ParseIssue, 'path'>[];
  readonly lines: LineCount;
}

/** Reads a file in blocks that end at the given line ends, through JSON between the blocks as across a restart. */
function read(format: Format<unknown>, bytes: Uint8Array, cuts: readonly number[] = []): Reading {
  let state = format.init();
  const batches: RowBatch[] = [];
  const issues: Omit<ParseIssue, 'path'>[] = [];
  const total = { read: 0, data: 0, bad: 0, other: 0 };
  const bounds = [0, ...cuts, bytes.length];
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const block = { path: 'log', offsetBytes: from, bytes: bytes.subarray(from, bounds[index + 1]) };
    const result = format.parse(state, block, OPTIONS);
    state = format.restore(JSON.parse(JSON.stringify(result.state)));
    batches.push(...result.batches);
    issues.push(...result.issues.map((issue) => withoutPath(issue)));
    for (const key of ['read', 'data', 'bad', 'other'] as const) total[key] += result.lines[key];
  }
  return { samples: batches.flatMap((batch) => samplesOf(batch)).toSorted(), issues, lines: total };
}

function withoutPath({ offsetBytes, code, message, excerpt }: ParseIssue): Omit<ParseIssue, 'path'> {
  return { offsetBytes, code, message, excerpt };
}

/** One text per value: how values are spread over batches and columns does not matter. */
function samplesOf({ labels, columns, rowCount, atMs, values }: RowBatch): string[] {
  expect(atMs).toHaveLength(rowCount);
  expect(values).toHaveLength(rowCount * columns.length);
  const samples: string[] = [];
  for (let row = 0; row < rowCount; row++) {
    columns.forEach((column, index) => {
      const value = values[row * columns.length + index]!;
      const labelText = Object.keys(labels).length === 0 ? '' : ` ${JSON.stringify(labels)}`;
      expect(Number.isInteger(atMs[row])).toBe(true);
      if (!Number.isNaN(value)) samples.push(`${new Date(atMs[row]!).toISOString()} ${column}=${value}${labelText}`);
    });
  }
  return samples;
}

/** Offsets behind each newline. */
function lineEnds(bytes: Uint8Array): number[] {
  return [...bytes.entries()].filter(([, byte]) => byte === 10).map(([offset]) => offset + 1);
}

function countLines(bytes: Uint8Array): number {
  const ends = lineEnds(bytes);
  return ends.length + ((ends.at(-1) ?? 0) < bytes.length ? 1 : 0);
}

function cases(name: string): string[] {
  return readdirSync(join(FIXTURES, name)).filter((file) => file.startsWith('input'));
}

const TIMES = ['2026-01-01T00:00:00Z', '2026-01-02 03:04:05.678+02:00', '1767225600', '1767225600123'];
const SIGNS = [',', ';', '\t', ' ', '"', '""', '', '\r', '\uFEFF', 'é', '-', '{', '}'];
const VALUES = ['12.5', '-3e-7', '0.1000000000000000055', 'NaN'];
const OTHER = [
  'timestamp,cpu_usage,note',
  'time;a;pipeline',
  '{"ts":1767225600,"a":1}',
  'ts=1767225600',
  'a=',
  'm{x="y"} 1',
];
/** Lines made of pieces that matter to the formats, so that the odd ones meet often. */
const line = fc
  .array(fc.constantFrom(...TIMES, ...SIGNS, ...VALUES, ...OTHER, '# TYPE m gauge'), { maxLength: 9 })
  .map((pieces) => new TextEncoder().encode(pieces.join('')));
const rawLine = fc.uint8Array({ maxLength: 30 }).map((bytes) => bytes.filter((byte) => byte !== 10));
const row = fc
  .tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.constantFrom('1', '2.5', '', 'NaN', 'x', '1e3'),
    fc.constantFrom('a', 'b', '7', ''),
  )
  .map(([second, value, text]) =>
    new TextEncoder().encode(`${new Date(1_767_225_600_000 + second * 1000).toISOString()},${value},${text}`),
  );
const file = fc
  .tuple(
    fc.constantFrom('timestamp,cpu_usage,extra\n', ''),
    fc.array(fc.oneof({ weight: 4, arbitrary: row }, line, rawLine)),
    fc.boolean(),
  )
  .map(([head, lines, terminated]) => {
    const parts = lines.flatMap((bytes) => [...bytes, 10]);
    return Uint8Array.from([...new TextEncoder().encode(head), ...(terminated ? parts : parts.slice(0, -1))]);
  });

describe.each(Object.entries(formats) as [string, Format<unknown>][])('format %s', (name, format) => {
  it('has its name, a sentence and endings', () => {
    expect(format.name).toBe(name);
    expect(format.text).toMatch(/\.$/);
    expect(format.extensions.every((extension) => extension.startsWith('.'))).toBe(true);
    expect(readFileSync(`src/parsers/${name}/README.md`, 'utf8')).toContain(`# ${name}`);
  });

  it.each(cases(name))('reads %s as expected', (input) => {
    const bytes = readFileSync(join(FIXTURES, name, input));
    const expectedPath = join(FIXTURES, name, `${input.replace(/^input/, 'expected').replace(/\.[^.]*$/, '')}.json`);
    const { samples, issues, lines } = read(format, bytes);
    expect({ lines, issues, samples }).toEqual(JSON.parse(readFileSync(expectedPath, 'utf8')));
  });

  it.each(cases(name))('recognises %s and no other format claims it more', (input) => {
    const head = readFileSync(join(FIXTURES, name, input));
    const scores = Object.values(formats).map((other) => [other.name, other.sniff(head)] as const);
    expect(scores.toSorted((a, b) => b[1] - a[1])[0]?.[0]).toBe(name);
  });

  it.each(cases(name))('reads %s the same cut at every line', (input) => {
    const bytes = readFileSync(join(FIXTURES, name, input));
    const ends = lineEnds(bytes).filter((offset) => offset < bytes.length);
    expect(read(format, bytes, ends)).toEqual(read(format, bytes));
  });

  it('gives the same for any cut into blocks, and accounts for every line', () => {
    fc.assert(
      fc.property(file, fc.infiniteStream(fc.boolean()), (bytes, choices) => {
        const whole = read(format, bytes);
        const cuts = lineEnds(bytes).filter((offset) => offset < bytes.length && choices.next().value);
        expect(read(format, bytes, cuts)).toEqual(whole);
        expect(whole.lines.read).toBe(countLines(bytes));
        expect(whole.lines.data + whole.lines.bad + whole.lines.other).toBe(whole.lines.read);
        expect(whole.issues).toHaveLength(whole.lines.bad);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws on random bytes, and keeps excerpts short and printable', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(format.sniff(bytes)).toBeGreaterThanOrEqual(0);
        for (const { excerpt, offsetBytes } of read(format, bytes).issues) {
          expect(excerpt.length).toBeLessThanOrEqual(120);
          // oxlint-disable-next-line no-control-regex
          expect(excerpt).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
          expect(offsetBytes).toBeLessThan(bytes.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not change the state it is given, and keeps the object when nothing changed', () => {
    const bytes = readFileSync(join(FIXTURES, name, cases(name)[0]!));
    const block = { path: 'log', offsetBytes: 0, bytes };
    const before = format.init();
    const copy = structuredClone(before);
    const { state } = format.parse(before, block, OPTIONS);
    expect(before).toEqual(copy);
    expect(format.parse(state, { ...block, bytes: new Uint8Array(0) }, OPTIONS).state).toBe(state);
  });

  it('counts bad lines beyond the ones it describes', () => {
    const bytes = new TextEncoder().encode('\u0001\n'.repeat(50));
    const result = format.parse(format.init(), { path: 'log', offsetBytes: 0, bytes }, { ...OPTIONS, maxIssues: 3 });
    expect(result.issues).toHaveLength(3);
    expect(result.lines.bad).toBe(50);
  });

  it('refuses a saved state that is none', () => {
    for (const saved of [null, 3, 'x']) expect(format.restore(saved)).toBeNull();
  });

  it('takes a line of 10 MB as one bad line', () => {
    const bytes = new Uint8Array(10_000_001).fill(97);
    bytes[10_000_000] = 10;
    const result = format.parse(format.init(), { path: 'log', offsetBytes: 0, bytes }, OPTIONS);
    expect(result.issues.map(({ code }) => code)).toEqual(['line-too-long']);
  });
});
