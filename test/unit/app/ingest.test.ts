import { describe, expect, it } from 'vitest';
import { createIngest, type Ingest } from '../../../src/app/ingest.ts';
import type { Deployment } from '../../../src/core/model/deployment.ts';
import type { ParseIssue } from '../../../src/core/model/sample.ts';
import type { SourceNotice } from '../../../src/ports/metric-source.ts';
import type { OffsetStore } from '../../../src/ports/store.ts';

const HEADER = 'timestamp,cpu_usage\n';
const row = (minute: number, value: number | string): string =>
  `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z,${value}\n`;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

class MemoryOffsets implements OffsetStore {
  readonly saved = new Map<string, string>();
  saves = 0;
  load(path: string): string | null {
    return this.saved.get(path) ?? null;
  }
  save(path: string, checkpoint: string): void {
    this.saves++;
    this.saved.set(path, checkpoint);
  }
}

interface Heard {
  readonly rows: string[];
  readonly issues: ParseIssue[];
  readonly notices: SourceNotice[];
  readonly deployments: Deployment[];
}

function listen(parserStates: OffsetStore | null = null): { ingest: Ingest; heard: Heard } {
  const heard: Heard = { rows: [], issues: [], notices: [], deployments: [] };
  const ingest = createIngest({
    onRows: (pipeline, batch, { path, backfill }) => {
      const values = [...batch.values].join(' ');
      heard.rows.push(`${pipeline} ${batch.columns.join('+')} ${values}${backfill ? ' backfill' : ''} from ${path}`);
    },
    onDeployment: (deployment) => heard.deployments.push(deployment),
    onIssue: (issue) => heard.issues.push(issue),
    onNotice: (notice) => heard.notices.push(notice),
    parserStates,
    nowMs: () => 1_767_225_600_000,
    defaultZoneOffsetMinutes: 0,
  });
  return { ingest, heard };
}

function found(path: string, head = '', startsAtBytes = 0): SourceNotice {
  return { type: 'file-found', path, sizeBytes: head.length, modifiedMs: 0, head: encode(head), startsAtBytes };
}

function block(path: string, text: string, offsetBytes = 0): { path: string; offsetBytes: number; bytes: Uint8Array } {
  return { path, offsetBytes, bytes: encode(text) };
}

describe('createIngest', () => {
  it('gives rows under the pipeline of the file, as backfill until the source has caught up', () => {
    const { ingest, heard } = listen();
    ingest.notice(found('logs/metrics_pay.csv', HEADER + row(0, 1)));
    ingest.block(block('logs/metrics_pay.csv', HEADER + row(0, 1)));
    ingest.notice({ type: 'caught-up' });
    ingest.block(block('logs/metrics_pay.csv', row(1, 2), 50));
    expect(heard.rows).toEqual([
      'pay cpu_usage 1 backfill from logs/metrics_pay.csv',
      'pay cpu_usage 2 from logs/metrics_pay.csv',
    ]);
    expect(heard.notices.map(({ type }) => type)).toEqual(['file-found', 'caught-up']);
  });

  it('splits rows by their pipeline label', () => {
    const { ingest, heard } = listen();
    ingest.block(block('all.csv', 'time,service,cpu_usage\n1767225600,a,1\n1767225600,b,2\n1767225660,a,3\n'));
    expect(heard.rows).toEqual(['a cpu_usage 1 3 backfill from all.csv', 'b cpu_usage 2 backfill from all.csv']);
  });

  it('starts in the middle of a file with the header from its head', () => {
    const { ingest, heard } = listen();
    const head = HEADER + row(0, 1) + row(1, 2);
    ingest.notice(found('a.csv', head, 1_000_000));
    ingest.block(block('a.csv', row(9, 9), 1_000_000));
    expect(heard.rows).toEqual(['a cpu_usage 9 backfill from a.csv']);
    expect(heard.issues).toEqual([]);
  });

  it('goes on after a restart with the header in force, not the one at the beginning', () => {
    const offsets = new MemoryOffsets();
    const first = listen(offsets);
    const text = `${HEADER}${row(0, 1)}timestamp,error_rate,cpu_usage\n2026-01-01T00:01:00Z,0.5,2\n`;
    first.ingest.notice(found('a.csv', text));
    first.ingest.block(block('a.csv', text));
    first.ingest.notice({ type: 'caught-up' });
    const second = listen(offsets);
    second.ingest.notice(found('a.csv', text, text.length));
    second.ingest.block(block('a.csv', '2026-01-01T00:02:00Z,0.7,3\n', text.length));
    expect(second.heard.rows).toEqual(['a error_rate+cpu_usage 0.7 3 backfill from a.csv']);
  });

  it('reads a headerless file after rotation with the header of the one before, also across a restart', () => {
    const offsets = new MemoryOffsets();
    const first = listen(offsets);
    first.ingest.block(block('a.csv', HEADER + row(0, 1)));
    first.ingest.notice({ type: 'caught-up' });
    first.ingest.notice({ type: 'file-rotated', path: 'a.csv' });
    first.ingest.notice(found('a.csv', row(1, 2)));
    first.ingest.block(block('a.csv', row(1, 2)));
    expect(first.heard.rows.at(-1)).toBe('a cpu_usage 2 from a.csv');
    const second = listen(offsets);
    second.ingest.notice(found('a.csv', row(5, 6)));
    second.ingest.block(block('a.csv', row(5, 6)));
    expect(second.heard.rows).toEqual(['a cpu_usage 6 backfill from a.csv']);
  });

  it('takes another format when the file is another one now', () => {
    const { ingest, heard } = listen();
    ingest.block(block('a.log', HEADER + row(0, 1)));
    const json = '{"ts":1767225660,"cpu_usage":7}\n';
    ingest.notice(found('a.log', json));
    ingest.block(block('a.log', json));
    expect(heard.rows.at(-1)).toBe('a cpu_usage 7 backfill from a.log');
    expect(ingest.files()[0]?.format).toBe('jsonl');
  });

  it('ignores a kept state that is damaged or of an unknown format', () => {
    const offsets = new MemoryOffsets();
    for (const damaged of ['{', '[]', '{"format":"xml","state":{}}', '{"format":"csv","state":3}']) {
      offsets.saved.set('parser:a.csv', damaged);
      const { ingest, heard } = listen(offsets);
      ingest.notice(found('a.csv', HEADER, HEADER.length));
      ingest.block(block('a.csv', row(0, 1), HEADER.length));
      expect(heard.rows).toHaveLength(1);
    }
  });

  it('keeps states once when caught up, then at every change of a header only', () => {
    const offsets = new MemoryOffsets();
    const { ingest } = listen(offsets);
    ingest.block(block('a.csv', HEADER + row(0, 1)));
    ingest.block(block('b.csv', HEADER + row(0, 1)));
    expect(offsets.saves).toBe(0);
    ingest.notice({ type: 'caught-up' });
    expect([...offsets.saved.keys()]).toEqual(['parser:a.csv', 'parser:b.csv']);
    ingest.block(block('a.csv', row(1, 2)));
    expect(offsets.saves).toBe(2);
    ingest.block(block('a.csv', 'timestamp,error_rate\n'));
    expect(offsets.saves).toBe(3);
  });

  it('keeps states together where the store can', () => {
    const together: (readonly string[])[] = [];
    const offsets: OffsetStore = {
      load: () => null,
      save: (path) => expect.unreachable(`${path} saved alone`),
      saveAll: (checkpoints) => together.push([...checkpoints.keys()]),
    };
    const { ingest } = listen(offsets);
    ingest.block(block('a.csv', HEADER));
    ingest.block(block('b.csv', HEADER));
    ingest.save();
    ingest.save();
    expect(together).toEqual([['parser:a.csv', 'parser:b.csv']]);
  });

  it('counts rows, bad lines, bytes and losses per file', () => {
    const { ingest, heard } = listen();
    const text = `${HEADER}${row(0, 1)}rubbish\n${row(1, 'x')}${row(2, '')}`;
    ingest.block(block('metrics_pay.csv', text));
    ingest.notice({ type: 'bytes-lost', path: 'metrics_pay.csv', lostBytes: 7, why: 'truncated' });
    ingest.notice({ type: 'bytes-lost', path: 'metrics_pay.csv', lostBytes: null, why: 'truncated' });
    ingest.issue({ path: 'metrics_pay.csv', offsetBytes: 0, code: 'line-too-long', message: 'too long', excerpt: 'x' });
    expect(ingest.files()).toEqual([
      {
        path: 'metrics_pay.csv',
        pipeline: 'pay',
        format: 'csv',
        rows: 2,
        badLines: 3,
        bytes: text.length,
        lostBytes: 7,
        losses: 2,
      },
    ]);
    expect(heard.issues.map(({ code }) => code)).toEqual(['field-count', 'bad-number', 'line-too-long']);
  });

  it('refuses a file that is no metric log, once, and takes it as soon as it is one', () => {
    const { ingest, heard } = listen();
    ingest.notice(found('notes.txt', 'hello\n'));
    ingest.block(block('notes.txt', 'hello\n'));
    ingest.block(block('notes.txt', 'world\n'));
    ingest.block(block('notes.txt', 'ts=1767225600 cpu_usage=3\n'));
    expect(heard.notices.filter(({ type }) => type === 'refused')).toEqual([
      { type: 'refused', path: 'notes.txt', why: expect.stringContaining('csv, jsonl, logfmt, prometheus-text') },
    ]);
    expect(heard.rows).toEqual(['notes cpu_usage 3 backfill from notes.txt']);
  });

  it('gives no rows of a rotated file, unless they name their pipeline', () => {
    const { ingest, heard } = listen();
    ingest.block(block('metrics_a.csv.1', HEADER + row(0, 1)));
    ingest.block(block('all.csv.1', 'ts,pipeline,cpu_usage\n1767225600,b,1\n'));
    expect(heard.rows).toEqual(['b cpu_usage 1 backfill from all.csv.1']);
    expect(heard.notices.map(({ type }) => type)).toEqual(['refused']);
  });

  it('gives the time of arrival to samples without one', () => {
    const { ingest, heard } = listen();
    ingest.block(block('node.prom', 'cpu_usage 40\nerror_rate 0.5\n'));
    expect(heard.rows).toEqual(['node cpu_usage+error_rate 40 0.5 backfill from node.prom']);
  });

  it('leaves the features file to the risk model', () => {
    const { ingest, heard } = listen();
    ingest.notice(found('logs/deployment_features.csv', 'pipeline_id,num_tasks\n'));
    ingest.block(block('logs/deployment_features.csv', 'pipeline_id,num_tasks\na,1\n'));
    expect([heard.rows, heard.issues, ingest.files()]).toEqual([[], [], []]);
  });
});

describe('deployments.jsonl', () => {
  const marker = (version: string): string => `{"pipeline":"pay","version":"${version}","at":"2026-01-01T00:00:00Z"}\n`;

  it('gives deployments, and an issue for each bad line', () => {
    const { ingest, heard } = listen();
    ingest.block(
      block('logs/deployments.jsonl', `${marker('1')}\n# note\n{"pipeline":"pay"}\n\u0000\n${marker('2')}`, 100),
    );
    expect(heard.deployments.map(({ id }) => id)).toEqual(['pay@1@1767225600000', 'pay@2@1767225600000']);
    expect(heard.issues).toEqual([
      expect.objectContaining({
        path: 'logs/deployments.jsonl',
        offsetBytes: 169,
        message: 'expected version, found none',
      }),
      expect.objectContaining({ code: 'bad-encoding' }),
    ]);
    expect(ingest.files()).toEqual([expect.objectContaining({ rows: 2, badLines: 2 })]);
    expect(heard.rows).toEqual([]);
  });

  it('announces again what was read before a restart, so that it is known', () => {
    const { ingest, heard } = listen();
    const text = marker('1') + marker('2');
    ingest.notice(found('deployments.jsonl', text, marker('1').length));
    ingest.block(block('deployments.jsonl', marker('2'), marker('1').length));
    expect(heard.deployments.map(({ version }) => version)).toEqual(['1', '2']);
  });
});
