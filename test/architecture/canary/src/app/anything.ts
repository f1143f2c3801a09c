// expect: no-restricted-imports
import { printed } from '../cli/knows-screen.ts';

export interface Anything {
  readonly value: number;
}

export const anything: number = printed === 1 ? 2 : 3;
