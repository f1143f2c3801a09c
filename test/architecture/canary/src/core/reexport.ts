// expect: no-restricted-imports
export { anything } from '../app/anything.ts';
