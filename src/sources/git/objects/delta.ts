import type { Content, Contents } from './contents.ts';

/** A delta does not fit its base. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/** Size of the content a delta makes: the second of the two numbers it begins with. */
export function deltaResultSize(delta: Uint8Array): number {
  return sizeAt(delta, nextSize(delta, 0));
}

/**
 * The content that a delta makes of its base (gitformat-pack, "Deltified representation"); null when there is no room
 * for it. O(lines + bytes of the delta).
 *
 * @param length bytes of the delta
 * @throws DeltaError when the delta was made for another base or is damaged
 */
export function applyDelta(contents: Contents, base: Content, delta: Uint8Array, length: number): Content | null {
  if (sizeAt(delta, 0) !== base.length) throw new DeltaError('a delta was made for another base');
  let at = nextSize(delta, 0);
  let left = sizeAt(delta, at);
  at = nextSize(delta, at);
  contents.begin();
  while (at < length) {
    const code = delta[at++]!;
    if (code < 128) {
      if (code === 0 || code > left || at + code > length) throw new DeltaError('a delta is damaged');
      contents.addBytes(delta, at, at + code);
      at += code;
      left -= code;
      continue;
    }
    let offset = 0;
    let count = 0;
    if (code & 1) offset = delta[at++]!;
    if (code & 2) offset += delta[at++]! * 0x100;
    if (code & 4) offset += delta[at++]! * 0x10000;
    if (code & 8) offset += delta[at++]! * 0x1000000;
    if (code & 16) count = delta[at++]!;
    if (code & 32) count += delta[at++]! * 0x100;
    if (code & 64) count += delta[at++]! * 0x10000;
    if (count === 0) count = 0x10000;
    if (count > left || offset + count > base.length) throw new DeltaError('a delta is damaged');
    contents.addPart(base, offset, offset + count);
    left -= count;
  }
  if (left !== 0) throw new DeltaError('a delta is cut off');
  return contents.finish();
}

function sizeAt(delta: Uint8Array, start: number): number {
  let value = 0;
  let at = start;
  for (let scale = 1; ; scale *= 128) {
    const byte = delta[at++]!;
    value += (byte & 127) * scale;
    if (!(byte >= 128)) return value;
  }
}

function nextSize(delta: Uint8Array, start: number): number {
  let at = start;
  while (delta[at++]! >= 128);
  return at;
}
