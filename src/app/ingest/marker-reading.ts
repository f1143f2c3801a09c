import type { Deployment } from '../../core/model/deployment.ts';
import type { ParseIssue, RawBlock } from '../../core/model/sample.ts';
import { IssueList } from '../../parsers/issues.ts';
import { lineText } from '../../parsers/line-text.ts';
import { readMarker } from './deployment-line.ts';

/** The markers of a block of `deployments.jsonl`. Blank lines and `#` comments are neither markers nor bad. */
export interface MarkerBlock {
  readonly deployments: readonly Deployment[];
  readonly issues: readonly ParseIssue[];
  readonly badLines: number;
}

/** Reads complete lines of deploy markers; every bad line is an issue of its own. */
export function readMarkers(block: RawBlock, defaultZoneOffsetMinutes: number): MarkerBlock {
  const issues = new IssueList(block, Number.POSITIVE_INFINITY);
  const deployments: Deployment[] = [];
  const { bytes } = block;
  for (let at = 0, end = 0; at < bytes.length; at = end + 1) {
    const newline = bytes.indexOf(10, at);
    end = newline < 0 ? bytes.length : newline;
    const line = lineText(bytes.subarray(at, end));
    if ('problem' in line) {
      issues.add(at, end, line.code, line.problem);
      continue;
    }
    const text = line.text.trim();
    if (text === '' || text.startsWith('#')) continue;
    const reading = readMarker(text, defaultZoneOffsetMinutes);
    if ('deployment' in reading) deployments.push(reading.deployment);
    else issues.add(at, end, reading.problem.code, reading.problem.message);
  }
  return { deployments, issues: issues.described, badLines: issues.count };
}
