import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../../src/parsers/csv/index.ts';
import { DEFAULT_PARSE_OPTIONS, type ParseResult } from '../../../../src/parsers/parser.ts';
import type { CsvState } from '../../../../src/parsers/csv/state.ts';

function parse(text: string, state = csv.init(), offsetBytes = 0): ParseResult<CsvState> {
  return csv.parse(state, { path: 'a.csv', offsetBytes, bytes: new TextEncoder().encode(text) }, DEFAULT_PARSE_OPTIONS);
}

const cell = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `${value}`),
  fc.constantFrom('', '0', '12.50', '1e3', '-7', '007', '99999999999999999999', '0.1000000000000000055511151231257827'),
);
const rows = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 1e6 }), cell, cell, fc.constantFrom('a', 'b', 'b', 'long name')),
);

describe('csv', () => {
  it('reads bytes as it reads text: quoting every field changes nothing', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const lines = rows.map(([second, a, b, pipeline]) => [
          new Date(second * 1000 + 1.7e12).toISOString(),
          a,
          pipeline,
          b,
        ]);
        const plain = lines.map((fields) => fields.join(',') + end).join('');
        const quoted = lines.map((fields) => fields.map((field) => `"${field}"`).join(',') + end).join('');
        const { state } = parse(`timestamp,cpu_usage,pipeline,error_rate${end}`);
        expect(parse(plain, state).batches).toEqual(parse(quoted, state).batches);
        expect(parse(plain, state).lines.data).toBe(rows.length);
      }),
    );
  });

  it('gives the same columns array for all batches of a header, so that a reader can know it again', () => {
    const first = parse('timestamp,cpu_usage\n2026-01-01T00:00:00Z,1\n');
    const second = parse('2026-01-01T00:00:01Z,2\n', first.state);
    expect(second.batches[0]?.columns).toBe(first.batches[0]?.columns);
    expect(second.state).toBe(first.state);
  });

  it('goes on with the header of the reading before, with offsets of the file', () => {
    const { state } = parse('timestamp;cpu_usage\n');
    const { batches, issues } = parse('2026-01-01T00:00:00Z;41\nrubbish\n', state, 1000);
    expect([...batches[0]!.values]).toEqual([41]);
    expect(issues).toEqual([
      expect.objectContaining({ path: 'a.csv', offsetBytes: 1024, code: 'field-count', excerpt: 'rubbish' }),
    ]);
  });

  it('splits rows by label and keeps the order within each', () => {
    const { batches } = parse(
      [
        'time,service,cpu_usage',
        '1767225600,a,1',
        '1767225600,b,2',
        '1767225601,a,3',
        '1767225601,b,4',
        '1767225602,,5\n',
      ].join('\n'),
    );
    expect(batches.map(({ labels, values }) => [labels, [...values]])).toEqual([
      [{ pipeline: 'a' }, [1, 3]],
      [{ pipeline: 'b' }, [2, 4]],
      [{}, [5]],
    ]);
  });

  it('says no to a head of another format and yes to a header', () => {
    const sniff = (text: string): number => csv.sniff(new TextEncoder().encode(text));
    expect(sniff('')).toBe(0);
    expect(sniff('{"timestamp":1,"a":2}\n')).toBe(0);
    expect(sniff('id,num_tasks\n1,2\n')).toBe(0);
    expect(sniff('# note\ntimestamp,a\n')).toBe(0.9);
    expect(sniff('2026-01-01T00:00:00Z,1,2\n')).toBe(0.3);
  });

  it('restores only what fits', () => {
    const { state } = parse('timestamp,cpu_usage\n');
    expect(csv.restore(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(csv.restore({ header: { ...state.header, names: ['timestamp'] } })).toBeNull();
    expect(csv.restore({ header: 5 })).toBeNull();
    expect(csv.restore({})).toBeNull();
  });
});
