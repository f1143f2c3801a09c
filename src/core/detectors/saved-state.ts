import type { DetectorState } from './detector.ts';

/** Reads the parts of a saved state by name. */
export interface SavedState {
  /** Throws TypeError that names detector and part when it is missing or not a number. */
  readonly number: (name: string) => number;
  /** Throws TypeError that names detector and part when it is missing or not a list. */
  readonly numbers: (name: string) => readonly number[];
}

/** A reader of the state a detector of that name saved as a record. */
export function savedState(detector: string, state: DetectorState): SavedState {
  const parts = new Map<string, number | readonly number[]>(Array.isArray(state) ? [] : Object.entries(state));
  return {
    number: (name) => {
      const part = parts.get(name);
      if (typeof part === 'number') return part;
      throw new TypeError(`${detector} state needs the number ${name}`);
    },
    numbers: (name) => {
      const part = parts.get(name);
      if (part !== undefined && typeof part !== 'number') return part;
      throw new TypeError(`${detector} state needs the list ${name}`);
    },
  };
}
