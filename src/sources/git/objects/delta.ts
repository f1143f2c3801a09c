/** A delta does not fit its base. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/**
 * The content a pack's delta makes of its base (gitformat-pack, "Deltified representation").
 *
 * @throws DeltaError when the delta was made for another base or is cut off
 */
export function applyDelta(base: Buffer, delta: Buffer, allocate: (size: number) => Buffer): Buffer {
  let at = 0;
  const size = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = delta[at++]!;
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) return value;
    }
  };
  if (size() !== base.length) throw new DeltaError('a delta was made for another base');
  const result = allocate(size());
  let filled = 0;
  while (at < delta.length) {
    const code = delta[at++]!;
    if (code < 128) {
      delta.copy(result, filled, at, at + code);
      at += code;
      filled += code;
      continue;
    }
    let offset = 0;
    let length = 0;
    if (code & 1) offset = delta[at++]!;
    if (code & 2) offset += delta[at++]! * 0x100;
    if (code & 4) offset += delta[at++]! * 0x10000;
    if (code & 8) offset += delta[at++]! * 0x1000000;
    if (code & 16) length = delta[at++]!;
    if (code & 32) length += delta[at++]! * 0x100;
    if (code & 64) length += delta[at++]! * 0x10000;
    if (length === 0) length = 0x10000;
    base.copy(result, filled, offset, offset + length);
    filled += length;
  }
  if (filled !== result.length) throw new DeltaError('a delta is cut off');
  return result;
}
