import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../../../src/app/demo/config-text.ts';
import { makeFolder } from '../../../../src/app/demo/folder.ts';
import { createWorld } from '../../../../src/app/demo/world.ts';
import { loadConfig } from '../../../../src/config/load.ts';
import { NO_FLAGS } from '../../../../src/config/outside.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { Verdict } from '../../../../src/core/model/verdict.ts';
import { markedDeployment, rowBatch } from '../../../fakes/row-batch.ts';

const START_MS = 1_772_442_000_000;

/** Judges the demo by its own configuration; whoever fails is rolled back ten seconds later. */
async function judged(seed: number, seconds: number) {
  const parent = mkdtempSync(path.join(tmpdir(), 'rollwatch-test-'));
  const folder = makeFolder(parent);
  writeFileSync(folder.configPath, configText(folder));
  const config = await loadConfig({ flags: { ...NO_FLAGS, config: folder.configPath }, env: {}, cwd: folder.root });
  rmSync(parent, { recursive: true });

  const world = createWorld(seed, START_MS);
  const options = { replayed: false, historyRows: 5000 };
  const judges = new Map(world.fleet.map(({ name }) => [name, new PipelineJudge(config.settingsFor(name), options)]));
  const versions = new Map(world.fleet.map(({ name, version }) => [name, version]));
  const said: { second: number; pipeline: string; verdict: Verdict }[] = [];
  const rollbacks = new Map<number, string>();
  const { logs, markers } = world.history();
  for (const line of markers.trimEnd().split('\n'))
    judges.get(JSON.parse(line).pipeline)!.announce(markedDeployment(line));
  for (const { name, format, metrics } of world.fleet) {
    const text = logs.find((log) => log.pipeline === name)!.text;
    judges.get(name)!.take(rowBatch(text, format.extension, metrics), START_MS, 'backfill');
    judges.get(name)!.settle(START_MS);
  }
  for (let second = 0; second < seconds; second += 1) {
    const nowMs = START_MS + second * 1000;
    const hear = (pipeline: string, news: ReturnType<PipelineJudge['take']>): void => {
      for (const one of news) if (one.type === 'verdict') said.push({ second, pipeline, verdict: one.verdict });
    };
    const back = world.fleet.find(({ name }) => name === rollbacks.get(second));
    if (back !== undefined) {
      const marker = { pipeline: back.name, version: back.version, at: new Date(nowMs).toISOString() };
      versions.set(back.name, back.version);
      hear(back.name, judges.get(back.name)!.announce(markedDeployment(JSON.stringify(marker))));
    }
    const step = world.step(nowMs, versions);
    for (const { pipeline, text } of step.rows) {
      const { format, metrics } = world.fleet.find(({ name }) => name === pipeline)!;
      hear(pipeline, judges.get(pipeline)!.take(rowBatch(text, format.extension, metrics), nowMs, 'live'));
    }
    for (const { pipeline, version, marker } of step.deployments) {
      versions.set(pipeline, version);
      hear(pipeline, judges.get(pipeline)!.announce(markedDeployment(marker)));
    }
    for (const { pipeline, verdict } of said) {
      if (verdict.phase === 'Failed' && verdict.atMs === nowMs) rollbacks.set(second + 10, pipeline);
    }
  }
  return said;
}

describe.each([1, 2, 3])('the story of the demo, seed %i', (seed) => {
  it('fails who should fail, when it should, for the right reason, and nobody else', { timeout: 60_000 }, async () => {
    const said = await judged(seed, 495);
    const failed = said.filter(({ verdict }) => verdict.phase === 'Failed');
    expect(failed.map(({ pipeline }) => pipeline)).toEqual(['checkout', 'search', 'orders', 'payments']);
    const [checkout, search, orders] = failed;
    expect(checkout!.second).toBeLessThan(15 + 20);
    expect(checkout!.verdict.evidence.map(({ metric }) => metric)).toContain('error_rate');
    expect(search!.second).toBeLessThan(30 + 45);
    expect(['memory_usage', 'heap_used_bytes']).toContain(search!.verdict.evidence[0]!.metric);
    expect(orders!.verdict.evidence.map(({ metric }) => metric)).toContain('orders_per_minute');
    expect(orders!.verdict.evidence.every(({ metric }) => !metric.startsWith('cpu'))).toBe(true);

    const last = new Map(said.map(({ pipeline, verdict }) => [pipeline, verdict]));
    expect(last.get('batch-report')).toMatchObject({ reason: 'bad-before' });
    expect(last.get('batch-report')!.vetoed).toContain('cpu_usage');
    for (const pipeline of ['catalog', 'checkout', 'search', 'recommendations', 'inventory', 'orders']) {
      expect(last.get(pipeline), pipeline).toMatchObject({ phase: 'Successful', reason: 'healthy' });
      expect(last.get(pipeline)!.health.value, pipeline).toBeGreaterThan(90);
    }
  });
});
