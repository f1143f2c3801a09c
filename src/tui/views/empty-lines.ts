import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { sourceLine } from './source-line.ts';

/** What to do where there is nothing to watch yet. */
export function emptyLines(snapshot: Snapshot, columns: number): readonly Line[] {
  const { hints } = snapshot.fleet;
  const paragraph = (text: string): Line[] => wrap(visible(text), columns - 6).map((line) => [span(`   ${line}`)]);
  const command = (text: string, what: string): Line => [
    span(`     ${text.padEnd(26)}`, 'watch', true),
    span(what, 'muted'),
  ];
  return [
    [],
    [span('   No metric logs here yet.', 'plain', true)],
    [],
    ...paragraph('rollwatch reads metric logs, one file per pipeline, as CSV, JSON lines, logfmt or Prometheus text:'),
    [span('     monitor_logs/metrics_checkout.csv', 'plain', true)],
    [span('     timestamp,cpu_usage,memory_usage,response_time,error_rate', 'muted')],
    [],
    command('rollwatch watch PATH', 'watch another folder or file'),
    command('npm run demo', 'see it work on a simulated fleet'),
    [],
    ...hints.flatMap(paragraph),
    ...paragraph('Files that appear from now on are picked up by themselves.'),
    [span('   '), ...sourceLine(snapshot)],
  ];
}
