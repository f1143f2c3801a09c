import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/ports/store.ts';
import { alice, openTestStore, removeDir, temporaryDir } from '../../../fakes/act-bench.ts';

const RECORDS = 12;
let path: string;
let store: Store;
let raw: DatabaseSync;
let kept: readonly Record<string, null | number | string>[];
let head: string;

beforeEach(() => {
  path = temporaryDir();
  ({ store } = openTestStore(path));
  for (let index = 1; index <= RECORDS; index += 1) {
    store.append(
      { type: 'human-rollback', pipeline: `p${index}`, deploymentId: null, by: alice, reason: `why ${index}` },
      index,
    );
  }
  raw = new DatabaseSync(store.location);
  raw.exec('DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays; PRAGMA synchronous = OFF');
  kept = raw.prepare('SELECT * FROM audit ORDER BY seq').all() as typeof kept;
  head = String(raw.prepare(`SELECT value FROM meta WHERE key = 'audit-head'`).get()!['value']);
});
afterEach(() => {
  raw.close();
  store.close();
  removeDir(path);
});

function write(rows: typeof kept, note = head): void {
  raw.exec('BEGIN; DELETE FROM audit');
  const insert = raw.prepare('INSERT INTO audit VALUES (:seq, :at_ms, :type, :pipeline, :body, :previous_hash, :hash)');
  for (const row of rows) insert.run(row);
  raw.prepare(`UPDATE meta SET value = ? WHERE key = 'audit-head'`).run(note);
  raw.exec('COMMIT');
}

const place = fc.integer({ min: 0, max: RECORDS - 1 });

describe('audit verify', () => {
  it('finds nothing in an untouched chain', () => {
    expect(store.verify()).toMatchObject({ ok: true, records: RECORDS, firstBad: null });
  });

  it('names the record of any single change', () => {
    const column = fc.constantFrom('at_ms', 'type', 'pipeline', 'body', 'previous_hash', 'hash');
    fc.assert(
      fc.property(place, column, fc.nat(), (index, name, salt) => {
        const rows = kept.map((row) => ({ ...row }));
        rows[index]![name] = changed(rows[index]![name]!, salt);
        write(rows);
        expect(store.verify()).toMatchObject({ ok: false, firstBad: { seq: index + 1 } });
        expect(store.verify().firstBad!.why).toContain(String(index + 1));
      }),
      { numRuns: 80 },
    );
  });

  it('names the first record that is missing, at the end as well', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: RECORDS }), (index, count) => {
        write(kept.filter((_, at) => at < index || at >= index + count));
        const { ok, firstBad } = store.verify();
        expect([ok, firstBad!.seq]).toEqual([false, index + 1]);
        expect(firstBad!.why).toContain(`record ${index + 1} is missing`);
      }),
      { numRuns: 60 },
    );
  });

  it('names the first of two records that changed places, with or without their numbers', () => {
    fc.assert(
      fc.property(place, place, fc.boolean(), (a, b, renumbered) => {
        fc.pre(a !== b);
        const rows = [...kept];
        [rows[a], rows[b]] = [rows[b]!, rows[a]!];
        if (!renumbered)
          [rows[a], rows[b]] = [
            { ...rows[a], seq: a + 1 },
            { ...rows[b], seq: b + 1 },
          ];
        else rows.forEach((row, at) => (rows[at] = { ...row, seq: at + 1 }));
        write(rows);
        expect(store.verify()).toMatchObject({ ok: false, firstBad: { seq: Math.min(a, b) + 1 } });
      }),
      { numRuns: 60 },
    );
  });

  it('finds a record put in and a changed note of the last one', () => {
    write([
      ...kept.slice(0, 5),
      { ...kept[5]!, body: '{}' },
      ...kept.slice(5).map((row) => ({ ...row, seq: Number(row['seq']) + 1 })),
    ]);
    expect(store.verify()).toMatchObject({ ok: false, firstBad: { seq: 6 } });
    write(kept, '3:abc');
    expect(store.verify()).toMatchObject({ ok: false, firstBad: { seq: RECORDS + 1 } });
  });

  it('refuses changes through the table itself', () => {
    raw.close();
    const other = temporaryDir();
    const fresh = openTestStore(other).store;
    fresh.append({ type: 'session-ended', reason: 'x' }, 1);
    raw = new DatabaseSync(fresh.location);
    expect(() => raw.exec('DELETE FROM audit')).toThrow('append-only');
    expect(() => raw.exec(`UPDATE audit SET type = 'x'`)).toThrow('append-only');
    fresh.close();
    removeDir(other);
  });
});

function changed(value: number | string, salt: number): number | string {
  if (typeof value === 'number') return value + 1 + (salt % 1000);
  const at = salt % value.length;
  const other = value[at] === 'x' ? 'y' : 'x';
  return value.slice(0, at) + other + value.slice(at + 1);
}
