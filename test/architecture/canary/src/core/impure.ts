// expect: no-restricted-imports no-restricted-globals no-restricted-properties
import { readFileSync } from 'node:fs';
import { anything } from '../app/anything.ts';

export function impure(): number {
  return Date.now() + Math.random() + readFileSync('/etc/hostname').length + anything;
}
