import { fileURLToPath } from 'node:url';
import type { SupervisorEntry } from '../executor/index.ts';

/** The supervisor's file: beside the bundle, or its source when this runs from source. */
export function supervisorEntry(moduleUrl: string = import.meta.url): SupervisorEntry {
  const file = moduleUrl.endsWith('.ts') ? '../../supervisor/main.ts' : './supervisor.mjs';
  return { file: fileURLToPath(new URL(file, moduleUrl)), execArgv: [] };
}
