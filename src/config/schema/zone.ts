import { z } from 'zod';

const ZONE = /^(?:UTC|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const EXPECTED =
  'UTC or an offset from it such as "+02:00" (names of places are not taken: their offset changes within the year)';

/** Minutes ahead of UTC, written as `UTC` or `+02:00`. */
export function zone(text: string) {
  return z
    .string({ error: EXPECTED })
    .regex(ZONE, { error: EXPECTED })
    .transform(offsetMinutes)
    .meta({ description: text });
}

function offsetMinutes(written: string): number {
  if (written === 'UTC') return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(4, 6));
  return written.startsWith('-') ? -minutes : minutes;
}
