import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, type FaultName } from '../../../../src/core/simulate/fault.ts';
import type { Fault } from '../../../../src/core/simulate/fault-course.ts';
import { METRIC_CATALOG } from '../../../../src/core/simulate/metric-catalog.ts';
import { QUIET_SERVICE } from '../../../../src/core/simulate/profile.ts';
import { createSimulator } from '../../../../src/core/simulate/simulator.ts';

const NAMES = METRIC_CATALOG.map((metric) => metric.name);
const STEP_MS = 1_000;
const START_MS = 1_772_442_000_000;

/** Ten minutes quiet, ten with the fault, ten after it was taken back; the mean of the last five minutes of each. */
function threeActs(name: FaultName): (metric: string) => { before: number; during: number; after: number } {
  const fault: Fault = { name, riseMs: 60_000, settleMs: 60_000, severity: 1 };
  const simulator = createSimulator({
    profile: QUIET_SERVICE,
    metrics: NAMES,
    faults: [fault],
    seed: 11,
    warmUpMs: 20_000,
  });
  const sums = { before: NAMES.map(() => 0), during: NAMES.map(() => 0), after: NAMES.map(() => 0) };
  for (let second = 0; second < 1800; second += 1) {
    const act = second < 600 ? 'before' : second < 1200 ? 'during' : 'after';
    if (second === 1200) simulator.restart(START_MS + second * STEP_MS);
    const row = simulator.next(START_MS + second * STEP_MS, act === 'during' ? [fault] : []);
    if (second % 600 >= 300) row.forEach((value, index) => (sums[act][index]! += value / 300));
  }
  return (metric) => {
    const index = NAMES.indexOf(metric);
    return { before: sums.before[index]!, during: sums.during[index]!, after: sums.after[index]! };
  };
}

describe('a simulated pipeline', () => {
  it('knows more than fifty metrics, each once', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    expect(NAMES.length).toBeGreaterThan(50);
  });

  const signs: readonly [FaultName, string, number][] = [
    ['memory-leak', 'memory_usage', 90],
    ['memory-leak', 'gc_time_percent', 10],
    ['error-spike', 'error_rate', 2],
    ['error-spike', 'http_5xx_per_minute', 100],
    ['latency-regression', 'response_time', 600],
    ['latency-regression', 'db_pool_wait_ms', 100],
    ['cpu-saturation', 'cpu_usage', 90],
    ['slow-burn', 'response_time', 600],
  ];
  it.each(signs)('%s drives %s above %d, and it comes back', (fault, metric, limit) => {
    const { before, during, after } = threeActs(fault)(metric);
    expect(before).toBeLessThan(limit);
    expect(during).toBeGreaterThan(limit);
    expect(Math.abs(after - before) / before).toBeLessThan(0.25);
  });

  it('business-drop halves the orders and leaves the machine alone', () => {
    const act = threeActs('business-drop');
    const orders = act('orders_per_minute');
    expect(orders.during).toBeLessThan(0.6 * orders.before);
    expect(orders.after).toBeGreaterThan(0.9 * orders.before);
    for (const name of ['cpu_usage', 'memory_usage', 'response_time', 'error_rate']) {
      const { before, during } = act(name);
      expect(Math.abs(during - before) / before).toBeLessThan(0.08);
    }
  });

  it.each(FAULT_NAMES)('%s keeps every metric finite and every bounded one in its bounds', (name) => {
    const fault: Fault = { name, riseMs: 1_000, settleMs: 1_000, severity: 3 };
    const spec = { profile: { ...QUIET_SERVICE, noise: 3 }, metrics: NAMES, faults: [fault], seed: 5, warmUpMs: 5_000 };
    const simulator = createSimulator(spec);
    for (let second = 0; second < 600; second += 1) {
      simulator.next(START_MS + second * STEP_MS, [fault]).forEach((value, index) => {
        const metric = NAMES[index]!;
        expect(Number.isFinite(value), metric).toBe(true);
        expect(value, metric).toBeGreaterThanOrEqual(0);
        if (metric.endsWith('_ratio')) expect(value, metric).toBeLessThanOrEqual(1);
        if (metric.endsWith('_percent') || metric.endsWith('_usage')) expect(value, metric).toBeLessThanOrEqual(100);
      });
    }
  });

  it('moves over the day and remembers from one sample to the next', () => {
    const simulator = createSimulator({
      profile: QUIET_SERVICE,
      metrics: ['requests_per_minute'],
      faults: [],
      seed: 2,
      warmUpMs: 1,
    });
    const rows = Array.from({ length: 1440 }, (_, minute) => simulator.next(START_MS + minute * 60_000, [])[0]!);
    const mean = rows.reduce((sum, value) => sum + value) / rows.length;
    expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThan(0.4 * mean);
    const steps = rows.slice(1).map((value, index) => Math.abs(value - rows[index]!));
    expect(steps.reduce((sum, value) => sum + value) / steps.length).toBeLessThan(0.05 * mean);
  });

  it('names the metric it does not know', () => {
    const spec = { profile: QUIET_SERVICE, faults: [], seed: 1, warmUpMs: 1 };
    expect(() => createSimulator({ ...spec, metrics: ['cpu_usage', 'moon_phase'] })).toThrow(/moon_phase/);
  });
});
