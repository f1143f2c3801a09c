import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { join, span } from '../format/line.ts';
import { shortValue } from '../format/value.ts';

/** What has been read, and what could not be: files, rows, bad lines, lost bytes. */
export function sourceLine(snapshot: Snapshot): Line {
  const { files, rows, badLines, lostBytes } = snapshot.fleet.sources;
  const parts: Line[] = [
    [span(`${files} ${files === 1 ? 'file' : 'files'}`, 'muted')],
    [span(`${shortValue(rows, 'count')} rows read`, 'muted')],
  ];
  if (badLines > 0)
    parts.push([span(`${shortValue(badLines, 'count')} bad ${badLines === 1 ? 'line' : 'lines'}`, 'warn')]);
  if (lostBytes > 0) parts.push([span(`${shortValue(lostBytes, 'bytes')}B lost before they could be read`, 'bad')]);
  return join(parts, span(' · ', 'muted'));
}
