import type { DetectorKind } from './detector.ts';
import { threshold } from './threshold/threshold.ts';
import { zscore } from './zscore/zscore.ts';

/** Every detector by the name it has in the config: one line each. Schema, help, docs and contract tests are made from it. */
export const detectors = {
  threshold,
  zscore,
} as const satisfies Record<string, DetectorKind>;

/** The detector of that name. Throws RangeError that lists the known names. */
export function detectorKind(name: string): DetectorKind {
  const known: Readonly<Record<string, DetectorKind>> = detectors;
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) {
    throw new RangeError(`unknown detector "${name}"; known: ${Object.keys(known).join(', ')}`);
  }
  return kind;
}
