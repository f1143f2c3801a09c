import { around, formula, within, type MetricFormula } from './metric-formula.ts';

const MEGABYTE = 1_048_576;

/** The process and the machine: heap, threads, disk, network. */
export const RUNTIME_METRICS: readonly MetricFormula[] = [
  formula('gc_pause_ms', 2, (s, n) => around(6 + 160 * s.gcRatio * s.gcRatio, n, 0.07)),
  formula('gc_time_percent', 2, (s, n) => within(around(1.1 + 24 * s.gcRatio * s.gcRatio, n, 0.07), 0, 100)),
  formula('gc_runs_per_minute', 1, (s, n) => around(9 * s.loadRatio + 70 * s.gcRatio * s.gcRatio, n, 0.07)),
  formula('heap_used_bytes', 0, (s, n) => around(s.memoryPercent * 41 * MEGABYTE, n, 0.02)),
  formula('event_loop_lag_ms', 2, (s, n) =>
    around(1.9 + 60 * s.gcRatio * s.gcRatio + Math.max(0, s.cpuPercent - 70), n, 0.07),
  ),
  formula('load_average', 2, (s, n) => around((s.cpuPercent / 100) * 4.2, n, 0.05)),
  formula('cpu_throttled_percent', 2, (s, n) =>
    within(around(0.9 + 2.2 * Math.max(0, s.cpuPercent - 80), n, 0.07), 0, 100),
  ),
  formula('context_switches_per_minute', 0, (s, n) => around(s.requestsPerMinute * 31, n, 0.04)),
  formula('threads', 0, (s, n) => 64 + 40 * within(s.responseTimeMs / 1500, 0, 2) + 1.5 * n),
  formula('open_files', 0, (s, n) => 410 + s.requestsPerMinute * 0.05 + 6 * n),
  formula('tcp_connections', 0, (s, n) => around(120 + s.requestsPerMinute * 0.11, n, 0.03)),
  formula('tcp_retransmits_per_minute', 1, (s, n) => around(s.requestsPerMinute * 0.004, n, 0.07)),
  formula('network_in_bytes', 0, (s, n) => around(s.requestsPerMinute * 2_300, n, 0.03)),
  formula('network_out_bytes', 0, (s, n) => around(s.requestsPerMinute * 18_700, n, 0.03)),
  formula('disk_read_bytes', 0, (s, n) => around(MEGABYTE * (4 + 30 * s.coldRatio), n, 0.07)),
  formula('disk_write_bytes', 0, (s, n) => around(s.requestsPerMinute * 900 * (1 + s.errorPercent / 25), n, 0.07)),
  formula('disk_latency_ms', 2, (s, n) => around(0.9 + 0.4 * s.loadRatio, n, 0.07)),
  formula('disk_used_percent', 3, (s, n) => 61.4 + 0.01 * n + ((s.atMs / 86_400_000) % 7) * 0.35),
  formula('log_lines_per_minute', 0, (s, n) => around(s.requestsPerMinute * (1.4 + s.errorPercent / 12), n, 0.03)),
  formula('log_errors_per_minute', 1, (s, n) => around((s.requestsPerMinute * (0.4 + s.errorPercent)) / 70, n, 0.03)),
];
