import { describe, expect, it } from 'vitest';
import { DEMO_FLEET } from '../../../../src/app/demo/fleet.ts';
import { DEMO_STORY } from '../../../../src/app/demo/story.ts';
import { createWorld, type World } from '../../../../src/app/demo/world.ts';

const START_MS = 1_772_442_000_000;

/** Plays the world second by second; `rollBack` says after how many seconds a pipeline's version is put back. */
function play(seconds: number, rollBack: Readonly<Record<string, number>> = {}, seed = 1) {
  const world = createWorld(seed, START_MS);
  const { logs, markers } = world.history();
  const versions = new Map(world.fleet.map((one) => [one.name, one.version]));
  const before = new Map(versions);
  const text = new Map(logs.map((log) => [log.pipeline, log.text]));
  let marked = markers;
  for (let second = 0; second < seconds; second += 1) {
    for (const [name, at] of Object.entries(rollBack)) if (at === second) versions.set(name, before.get(name)!);
    const step = world.step(START_MS + second * 1000, versions);
    for (const row of step.rows) text.set(row.pipeline, text.get(row.pipeline)! + row.text);
    for (const due of step.deployments) {
      before.set(due.pipeline, versions.get(due.pipeline)!);
      versions.set(due.pipeline, due.version);
      marked += due.marker;
    }
  }
  return {
    world,
    versions,
    text,
    markers: marked
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

type Played = ReturnType<typeof play>;

/** Mean of a metric over the seconds [from, to) after the start; negative = history. CSV pipelines only. */
function mean(played: Played, pipeline: string, metric: string, from: number, to: number): number {
  const [header, ...lines] = played.text.get(pipeline)!.trimEnd().split('\n');
  const column = header!.split(',').indexOf(metric);
  const wanted = lines
    .map((line) => line.split(','))
    .filter(
      (fields) => Date.parse(fields[0]!) >= START_MS + from * 1000 && Date.parse(fields[0]!) < START_MS + to * 1000,
    );
  expect(wanted.length).toBeGreaterThan(0);
  return wanted.reduce((sum, fields) => sum + Number(fields[column]), 0) / wanted.length;
}

describe('the demo world', () => {
  it('has twelve pipelines with an hour of history each, a row a second, in order of time', () => {
    const { text } = play(3);
    expect(text.size).toBe(12);
    for (const [name, log] of text) {
      const times = log.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g)!.map((time) => Date.parse(time));
      expect(times.length, name).toBe(62 * 60 + 3);
      expect(
        times.every((time, index) => index === 0 || (times[index - 1] ?? 0) + 1000 === time),
        name,
      ).toBe(true);
    }
  });

  it('has the formats it says, more than fifty metrics in one log, and every environment', () => {
    expect(new Set(DEMO_FLEET.map((one) => one.format.extension))).toEqual(new Set(['csv', 'jsonl', 'logfmt']));
    expect(new Set(DEMO_FLEET.map((one) => one.environment))).toEqual(new Set(['production', 'staging', 'canary']));
    expect(Math.max(...DEMO_FLEET.map((one) => one.metrics.length))).toBeGreaterThan(50);
    const names = new Set(DEMO_FLEET.map((one) => one.name));
    expect(DEMO_STORY.every((deployment) => names.has(deployment.pipeline))).toBe(true);
  });

  it('is the same for the same seed', () => {
    const all = (seed: number) => [...play(20, {}, seed).text.values()].join('');
    expect(all(3) === all(3)).toBe(true);
    expect(all(3) === all(4)).toBe(false);
  });

  it('marks deployments with the version before, each at its time', () => {
    const { markers } = play(60);
    const live = markers.filter((marker) => Date.parse(marker.at) >= START_MS);
    expect(
      live.map(({ pipeline, version, previous, environment }) => [pipeline, version, previous, environment]),
    ).toEqual([
      ['catalog', 'v204', 'v203', 'production'],
      ['checkout', 'v412', 'v411', 'staging'],
      ['search', 'v98', 'v97', 'canary'],
      ['batch-report', 'v31', 'v30', 'staging'],
    ]);
    // 2026-03-02 is a Monday.
    expect(live[1]!.features).toMatchObject({ num_tasks: 31, num_failed_tasks: 3, deploy_hour: 9, deploy_day_1: 0 });
    expect(live.map((marker) => (Date.parse(marker.at) - START_MS) / 1000)).toEqual([5, 15, 30, 50]);
  });

  it('lets the good one be good', () => {
    const played = play(90);
    for (const metric of ['cpu_usage', 'memory_usage', 'response_time', 'error_rate']) {
      const change = mean(played, 'catalog', metric, 10, 90) / mean(played, 'catalog', metric, -60, 5);
      expect(change, metric).toBeGreaterThan(0.9);
      expect(change, metric).toBeLessThan(1.1);
    }
  });

  it('breaks checkout within seconds, and heals it once the version file says the old version', () => {
    const played = play(100, { checkout: 40 });
    expect(mean(played, 'checkout', 'error_rate', -60, 15)).toBeLessThan(1.2);
    expect(mean(played, 'checkout', 'error_rate', 20, 40)).toBeGreaterThan(5);
    expect(mean(played, 'checkout', 'error_rate', 50, 100)).toBeLessThan(1.2);
    expect(mean(played, 'checkout', 'http_5xx_per_minute', 20, 40)).toBeGreaterThan(
      4 * mean(played, 'checkout', 'http_5xx_per_minute', 50, 100),
    );
  });

  it('does not heal checkout by itself', () => {
    expect(mean(play(100), 'checkout', 'error_rate', 80, 100)).toBeGreaterThan(5);
  });

  it('lets search leak until it is rolled back, which frees the memory', () => {
    const played = play(160, { search: 110 });
    expect(mean(played, 'search', 'memory_usage', -60, 30)).toBeLessThan(60);
    expect(mean(played, 'search', 'memory_usage', 45, 50)).toBeGreaterThan(60);
    expect(mean(played, 'search', 'memory_usage', 100, 110)).toBeGreaterThan(90);
    expect(mean(played, 'search', 'memory_usage', 116, 160)).toBeLessThan(60);
  });

  it('has batch-report saturated long before its deployment, after it, and after a rollback', () => {
    const played = play(120, { 'batch-report': 90 });
    for (const [from, to] of [
      [-1800, 0],
      [0, 50],
      [55, 90],
      [95, 120],
    ] as const) {
      expect(mean(played, 'batch-report', 'cpu_usage', from, to)).toBeGreaterThan(90);
    }
  });

  it('takes the orders away, later, while the machine is well', () => {
    const played = play(420, { orders: 400 });
    expect(mean(played, 'orders', 'orders_per_minute', 355, 400)).toBeLessThan(
      0.6 * mean(played, 'orders', 'orders_per_minute', 200, 345),
    );
    expect(mean(played, 'orders', 'error_rate', 355, 400)).toBeLessThan(1.2);
    expect(mean(played, 'orders', 'orders_per_minute', 412, 420)).toBeGreaterThan(
      0.85 * mean(played, 'orders', 'orders_per_minute', 200, 345),
    );
  });

  it('never lets three versions go bad within five minutes: that would be a shared cause', () => {
    const bad = DEMO_STORY.filter((deployment) => deployment.fault !== null).map((deployment) => deployment.atSecond);
    for (let index = 2; index < bad.length; index += 1) expect(bad[index]! - bad[index - 2]!).toBeGreaterThan(300);
  });

  it('deploys what is due even when steps were missed', () => {
    const world: World = createWorld(1, START_MS);
    const versions = new Map(world.fleet.map((one) => [one.name, one.version]));
    const { deployments } = world.step(START_MS + 3_600_000, versions);
    expect(deployments.length).toBe(DEMO_STORY.length);
  });
});
