// expect: no-restricted-imports
import type { Anything } from '../app/anything.ts';

export type Copy = Anything;
