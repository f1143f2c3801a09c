// expect: no-restricted-imports
import { shown } from '../tui/knows-engine.ts';

export const printed = shown;
