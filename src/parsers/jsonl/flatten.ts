import type { RecordFields } from '../record.ts';

const DEEPEST = 16;

/**
 * The scalars of a JSON object under flat names: `{"latency":{"p99_ms":12}}` gives `latency_p99_ms`. Arrays and booleans are left
 * out: neither is a measured value. Of two that get the same name the last wins. Null when it is nested more than 16 deep.
 */
export function flatten(object: object): RecordFields | null {
  const fields = new Map<string, string | number | null>();
  return collect(object, '', 1, fields) ? fields : null;
}

function collect(object: object, prefix: string, depth: number, fields: Map<string, string | number | null>): boolean {
  if (depth > DEEPEST) return false;
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = prefix === '' ? key : `${prefix}_${key}`;
    if (typeof value === 'number' || typeof value === 'string' || value === null) fields.set(name, value);
    else if (typeof value === 'object' && !Array.isArray(value)) {
      if (!collect(value, name, depth + 1, fields)) return false;
    }
  }
  return true;
}
