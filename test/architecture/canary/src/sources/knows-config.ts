// expect: no-restricted-imports
import { setting } from '../config/setting.ts';

export const copy = setting;
