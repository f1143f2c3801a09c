import { expect, it } from 'vitest';
import { roleOf } from '../../../../src/core/rca/role.ts';

it.each([
  ['cpu_usage', null, 'own'],
  ['MemoryUsage(Mi)', null, 'own'],
  ['error_rate', null, 'own'],
  ['PodServerLatencyP90(s)', null, 'symptom'],
  ['response_time', null, 'symptom'],
  ['latency', 'frontend', 'called'],
  ['NetworkReceiveBytes', null, 'flow'],
  ['requests_per_minute', null, 'flow'],
  ['NodeCpuUsageRate(%)', null, 'host'],
  ['node_load1', null, 'host'],
  ['nodejs_heap_bytes', null, 'own'],
] as const)('%s of caller %s is %s', (metric, caller, role) => expect(roleOf(metric, caller)).toBe(role));
