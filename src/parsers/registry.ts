import { csv } from './csv/index.ts';
import type { Format } from './parser.ts';

/** Every format by name, which is the name of its folder. */
export const formats = { csv } satisfies Record<string, Format<never>>;
