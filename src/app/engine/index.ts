/** The engine: rows, deployments, answers and time in, events and snapshots out. */
export { createEngine } from './engine.ts';
export type { EngineInput } from './types.ts';
