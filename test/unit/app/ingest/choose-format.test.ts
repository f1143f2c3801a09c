import { expect, it } from 'vitest';
import { chooseFormat, FORMAT_NAMES, formatOf } from '../../../../src/app/ingest/choose-format.ts';

it.each([
  ['a.log', 'timestamp,cpu_usage\n', 'csv'],
  ['a.csv', '{"ts":1767225600,"a":1}\n', 'jsonl'],
  ['a.txt', 'ts=1767225600 a=1\n', 'logfmt'],
  ['a.txt', '# TYPE up gauge\nup 1\n', 'prometheus-text'],
  ['a.CSV', '', 'csv'],
  ['a.prom', '', 'prometheus-text'],
  ['a.ndjson', 'hello\n', 'jsonl'],
  ['a.log', '', null],
  ['a.log', 'Jan  1 00:00:00 host sshd[1]: session opened for user root by (uid=0)\n', null],
])('%s beginning with %j is %s', (path, head, expected) => {
  expect(chooseFormat(path, new TextEncoder().encode(head))?.name ?? null).toBe(expected);
});

it('knows formats by name only', () => {
  expect(FORMAT_NAMES.map((name) => formatOf(name)?.name)).toEqual(FORMAT_NAMES);
  expect(formatOf('xml')).toBeNull();
  expect(formatOf('toString')).toBeNull();
});
