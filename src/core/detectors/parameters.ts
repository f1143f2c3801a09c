import type { Parameters } from './detector.ts';

/**
 * Completes the given parameters with the defaults of the table.
 *
 * Throws RangeError, naming the known parameters or the range, for an unknown name or a value outside its range.
 */
export function completeParameters(
  detector: string,
  table: Parameters,
  given: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (parameter === undefined) {
      const known = Object.keys(table).join(', ') || 'none';
      throw new RangeError(`${detector} has no parameter "${name}"; it knows: ${known}`);
    }
    if (!(value >= parameter.minimum && value <= parameter.maximum)) {
      throw new RangeError(
        `${detector}.${name} is ${value}; it must be ${parameter.minimum} to ${parameter.maximum} ${parameter.unit}`,
      );
    }
  }
  const defaults = Object.entries(table).map(([name, parameter]) => [name, parameter.default] as const);
  return { ...Object.fromEntries(defaults), ...given };
}
