// expect: no-restricted-imports
import { anything } from '../app/anything.ts';

export const twice = anything * 2;
