/** A strategy cannot be turned into steps; `message` says why. */
export class PlanFault extends Error {
  override readonly name = 'PlanFault';
}
