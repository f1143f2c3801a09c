// expect: no-restricted-imports
import { readFileSync } from 'fs';

export const text = readFileSync('/etc/hostname', 'utf8');
