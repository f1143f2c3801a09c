import { formula, type MetricFormula } from './metric-formula.ts';

/** The four columns every metric log has, in the order of the file. */
export const SEED_METRICS: readonly MetricFormula[] = [
  formula('cpu_usage', 2, (s) => s.cpuPercent),
  formula('memory_usage', 2, (s) => s.memoryPercent),
  formula('response_time', 1, (s) => s.responseTimeMs),
  formula('error_rate', 3, (s) => s.errorPercent),
];
