import { changePoint } from './change-point/change-point.ts';
import { cusum } from './cusum/cusum.ts';
import type { DetectorKind } from './detector.ts';
import { ensemble } from './ensemble/ensemble.ts';
import { ewma } from './ewma/ewma.ts';
import { halfSpaceTrees } from './half-space-trees/half-space-trees.ts';
import { hampel } from './hampel/hampel.ts';
import { isolationForest } from './isolation-forest/isolation-forest.ts';
import { lstm } from './lstm/lstm.ts';
import { novelty } from './novelty/novelty.ts';
import { seasonalChange } from './seasonal-change/seasonal-change.ts';
import { seasonal } from './seasonal/seasonal.ts';
import { threshold } from './threshold/threshold.ts';
import { zscore } from './zscore/zscore.ts';

/** Every detector by the name it has in the config: one line each. Schema, help, docs and contract tests are made from it. */
export const detectors = {
  threshold,
  zscore,
  hampel,
  ewma,
  cusum,
  'change-point': changePoint,
  seasonal,
  'seasonal-change': seasonalChange,
  novelty,
  'isolation-forest': isolationForest,
  'half-space-trees': halfSpaceTrees,
  lstm,
  ensemble,
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
