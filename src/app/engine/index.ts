/** The engine: rows, deployments, answers and time in, events and snapshots out. */
export { createEngine } from './engine.ts';
export type {
  Engine,
  EngineCommand,
  EngineInput,
  EngineOptions,
  EngineOutput,
  Focus,
  SourceCounters,
} from './types.ts';
