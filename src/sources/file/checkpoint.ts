import type { LineMode } from './stretch.ts';

/** Where the reading of a path stands, kept across restarts. */
export interface Checkpoint {
  readonly device: number;
  readonly inode: number;
  readonly offsetBytes: number;
  /** Last modification that was seen, Unix ms: files rotated away later are newer. */
  readonly modifiedMs: number;
  readonly mode: LineMode;
  /** True when the file was read to its end and then went away: another one in its place is no loss. */
  readonly ended: boolean;
  /** How many bytes before the offset the digest covers. */
  readonly fingerprintBytes: number;
  readonly fingerprintDigest: string;
}

const MODES: readonly LineMode[] = ['lines', 'skipping', 'after-unterminated'];

/** Text form for the store. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  const c = checkpoint;
  return JSON.stringify([
    1,
    c.device,
    c.inode,
    c.offsetBytes,
    c.modifiedMs,
    c.mode,
    c.ended,
    c.fingerprintBytes,
    c.fingerprintDigest,
  ]);
}

/** Null for text of another version or that is damaged: the file is then read as if never seen. */
export function decodeCheckpoint(text: string): Checkpoint | null {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 9 || parts[0] !== 1) return null;
  const [, device, inode, offsetBytes, modifiedMs, mode, ended, fingerprintBytes, fingerprintDigest] =
    parts as unknown[];
  const known = MODES.find((name) => name === mode);
  if (!isNumber(device) || !isNumber(inode) || !isNumber(modifiedMs)) return null;
  if (!isCount(offsetBytes) || !isCount(fingerprintBytes)) return null;
  if (
    known === undefined ||
    typeof ended !== 'boolean' ||
    typeof fingerprintDigest !== 'string' ||
    fingerprintBytes > offsetBytes
  )
    return null;
  return { device, inode, offsetBytes, modifiedMs, mode: known, ended, fingerprintBytes, fingerprintDigest };
}

/** Inodes of some file systems are beyond the safe integers; equal is all that is asked of them. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
