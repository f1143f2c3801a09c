import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Findings } from '../../core/model/findings.ts';
import type { PipelineEntry } from './state.ts';

/** Under which an inquiry about a deployment and a version is kept. */
export function inquiryKey(deploymentId: string, toVersion: string | null): string {
  return `${deploymentId}|${toVersion ?? ''}`;
}

/** The answer about a deployment and a version; null while there is none. */
export function findingsAbout(entry: PipelineEntry, deploymentId: string, toVersion: string | null): Findings | null {
  return entry.inquiries.get(inquiryKey(deploymentId, toVersion))?.findings ?? null;
}

/** The newest answer about a deployment, whatever the version; null without one. */
export function newestFindings(entry: PipelineEntry, deploymentId: string): Findings | null {
  let newest: Findings | null = null;
  for (const { findings } of entry.inquiries.values()) {
    if (findings?.deploymentId === deploymentId && findings.atMs >= (newest?.atMs ?? findings.atMs)) newest = findings;
  }
  return newest;
}

/** Takes an answer; false for one nobody waits for. */
export function keepFindings(entry: PipelineEntry, findings: Findings): boolean {
  const key = inquiryKey(findings.deploymentId, findings.toVersion);
  const kept = entry.inquiries.get(key);
  if (kept === undefined) return false;
  entry.inquiries.set(key, { ...kept, findings });
  return true;
}

/** What a question is put on, as a digest: it is put anew when this changes. Times and versions do not count. */
export function findingsDigest(findings: Findings | null): string {
  if (findings === null) return '';
  const { left, doubts, lookedAt, forward, external } = findings;
  return canonicalJson({ left, doubts, lookedAt, forward, external });
}
