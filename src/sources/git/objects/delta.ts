/** A delta does not fit its base. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/** Up to here copying byte by byte is faster than a call that copies a block. */
const SHORT_COPY = 40;

/** Size of the content a delta makes: the second of the two numbers it begins with. */
export function deltaResultSize(delta: Uint8Array): number {
  return sizeAt(delta, nextSize(delta, 0));
}

/**
 * Writes the content that `delta` makes of its base (gitformat-pack, "Deltified representation").
 *
 * Base and result lie in the same memory and do not overlap.
 *
 * @param length bytes of the delta; @param base, result where they begin in `bytes`
 * @throws DeltaError when the delta was made for another base or is damaged
 */
export function applyDelta(
  bytes: Uint8Array,
  base: number,
  baseLength: number,
  delta: Uint8Array,
  length: number,
  result: number,
): void {
  if (sizeAt(delta, 0) !== baseLength) throw new DeltaError('a delta was made for another base');
  let at = nextSize(delta, 0);
  const end = result + sizeAt(delta, at);
  at = nextSize(delta, at);
  let to = result;
  while (at < length) {
    const code = delta[at++]!;
    if (code < 128) {
      if (to + code > end || at + code > length) throw new DeltaError('a delta is damaged');
      for (const until = at + code; at < until;) bytes[to++] = delta[at++]!;
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
    if (to + count > end || offset + count > baseLength) throw new DeltaError('a delta is damaged');
    let from = base + offset;
    if (count > SHORT_COPY) {
      bytes.copyWithin(to, from, from + count);
      to += count;
    } else for (const until = to + count; to < until;) bytes[to++] = bytes[from++]!;
  }
  if (to !== end) throw new DeltaError('a delta is cut off');
}

function sizeAt(delta: Uint8Array, at: number): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = delta[at++]!;
    value += (byte & 127) * scale;
    if (!(byte >= 128)) return value;
  }
}

function nextSize(delta: Uint8Array, at: number): number {
  while (delta[at++]! >= 128);
  return at;
}
