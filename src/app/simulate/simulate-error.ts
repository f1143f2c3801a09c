/** The simulation cannot be made as asked; `message` says why and what to change. */
export class SimulateError extends Error {
  override readonly name = 'SimulateError';
}
