import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../../fakes/cli-context.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const AT = Date.UTC(2026, 2, 2, 9);
const run = (...argv: readonly string[]) => runCommand({ cwd: folder.path }, 'rca', ...argv);
const given = ['--at', '2026-03-02T09:00:00Z'] as const;

/** A log of 40 min before and 10 min after, its value from `course` of the minute after the incident, ordinary before it. */
function log(service: string, course: (minute: number) => number, metric = 'latency_ms'): string {
  const rows = Array.from({ length: 50 }, (_, i) => {
    const minute = i - 40;
    const value = minute < 0 ? 100 + (i % 7) : course(minute);
    return `${new Date(AT + minute * 60_000).toISOString()},${value}`;
  });
  const path = join(folder.path, `metrics_${service}.csv`);
  writeFileSync(path, `${['timestamp', metric].join(',')}\n${rows.join('\n')}\n`);
  return path;
}

describe('rollwatch rca', () => {
  let files: readonly string[];
  beforeEach(() => {
    files = [
      log('shop', (minute) => (minute > 2 ? 900 : 102)),
      log('cart', (minute) => (minute > 2 ? 800 : 102)),
      log('store', (minute) => (minute > 1 ? 700 : 102)),
      log('mail', () => 103),
    ];
    writeFileSync(join(folder.path, 'stock.csv'), 'source,target\nstock,cart\n');
    writeFileSync(join(folder.path, 'broken.json'), '{"shop":');
    writeFileSync(join(folder.path, 'calls.csv'), 'source,target\nshop,cart\nshop,mail\ncart,store\n');
  });

  it('follows the calls to the deepest service that changed', async () => {
    const { code, stdout } = await run(
      ...files,
      ...given,
      '--graph',
      'calls.csv',
      '--target',
      'shop:latency_ms',
      '--json',
    );
    const { suspects, services } = JSON.parse(stdout) as {
      services: number;
      suspects: readonly { service: string; onset: string; explains: readonly string[]; explainedBy: string | null }[];
    };
    expect(code).toBe(0);
    expect(services).toBe(4);
    expect(suspects.map(({ service }) => service).slice(0, 2)).toEqual(['store', 'cart']);
    expect(suspects[0]).toMatchObject({ onset: '2026-03-02T09:02:00.000Z', explains: ['cart', 'shop'] });
    expect(suspects[1]!.explainedBy).toBe('store');
  });

  it('takes JSON and a matrix as the graph too', async () => {
    writeFileSync(join(folder.path, 'calls.json'), '{"shop":["cart","mail"],"cart":["store"]}');
    writeFileSync(
      join(folder.path, 'matrix.csv'),
      ',cart,store,mail,shop\nshop,1,0,1,0\ncart,0,1,0,0\n'.replace('\n', '\n'),
    );
    for (const graph of ['calls.json', 'matrix.csv']) {
      const { stdout } = await run(...files, ...given, '--graph', graph, '--target', 'shop');
      expect(stdout.split('\n')[2]).toMatch(/^1 {2}store .* latency_ms 700 \(usually 103\); explains cart, shop$/);
    }
  });

  it('takes who calls whom from the configuration where no graph is given', async () => {
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'calls: {shop: [cart, mail], cart: [store]}\n');
    const { stdout } = await run(...files, ...given, '--target', 'shop');
    expect(stdout.split('\n')[2]).toMatch(/^1 {2}store .*; explains cart, shop$/);
  });

  it('ranks without a graph, and says when nothing changed', async () => {
    expect((await run(...files, ...given)).stdout.split('\n')[2]).toContain('store');
    expect((await run(files[3]!, ...given)).stdout).toMatch(
      /incident {2}2026-03-02T09:00:00.000Z, 1 series of 1 services\ncause {5}none: nothing changed/,
    );
    const dull = log('dull', (minute) => 103 + (minute === 4 ? 4 : 0));
    expect((await run(dull, ...given)).stdout).toMatch(/\nnote {6}nothing stands out/);
  });

  it('counts what a caller measured for the one it called', async () => {
    const shop = join(folder.path, 'shop.prom');
    const lines = Array.from({ length: 50 }, (_, i) => {
      const value = i < 42 ? 0.1 + (i % 5) / 100 : 3;
      return `call_latency_seconds{caller="shop",callee="bank"} ${value} ${AT + (i - 40) * 60_000}`;
    });
    writeFileSync(shop, `${lines.join('\n')}\n`);
    const { stdout } = await run(shop, ...given, '--json');
    const [first] = (JSON.parse(stdout) as { suspects: readonly { service: string; metrics: readonly unknown[] }[] })
      .suspects;
    expect(first).toMatchObject({ service: 'bank', metrics: [{ caller: 'shop' }] });
  });

  it.each([
    [['--at', 'noon'], /--at "noon": expected a time/],
    [[...given, 'gone.csv'], /Expected the metric log .*gone\.csv; it is not there/],
    [[...given, 'calls.csv'], /has no row/],
    [
      ['metrics_shop.csv', '--at', '2026-03-03T09:00:00Z'],
      /no sample in the 15 min after --at; they reach from 2026-03-02T08:20:00.000Z to 2026-03-02T09:09:00.000Z/,
    ],
    [['metrics_shop.csv', '--at', '2026-03-02T08:20:00Z'], /no sample in the 1 d before --at: nothing to compare/],
    [['metrics_shop.csv', ...given, '--target', 'shop:latency'], /shop has no such metric; it has latency_ms/],
    [['metrics_mail.csv', ...given, '--graph', 'stock.csv'], /--graph .*: it names none of the services .*: mail\./],
    [['metrics_shop.csv', ...given, '--graph', 'broken.json'], /--graph .*: expected JSON; /],
    [['metrics_shop.csv', ...given, '--target', 'bank'], /--target bank: expected SERVICE or SERVICE:METRIC of shop/],
    [['metrics_shop.csv', ...given, '--graph', 'none.json'], /--graph .*none\.json: it is not there/],
    [['metrics_shop.csv', ...given, '--graph', 'metrics_shop.csv'], /expected columns source,target, or a matrix/],
    [[...given], /there are none/],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
