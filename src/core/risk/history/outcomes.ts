import { roundHalfEven } from './half-even.ts';
import type { Change } from './change.ts';
import type { MeasuredChange, Step } from './change-history.ts';

/** A measured change with what became of it. */
export interface LabelledChange extends MeasuredChange {
  /** Hours until it was reverted; null when no revert is known. */
  readonly revertedAfterH: number | null;
  /** Reverted within the days asked for; null when that time is not over yet. */
  readonly reverted: boolean | null;
}

const DAY_S = 86_400;

/** Gathers the measured changes of a history and, as reverts come, what became of each. */
export class Outcomes {
  readonly #measured: MeasuredChange[] = [];
  readonly #landedAtS: number[] = [];
  readonly #revertedAtS = new Map<number, number>();

  /** Takes the next change of the history with its step. */
  add(change: Change, step: Step): void {
    this.#landedAtS.push(change.landedAtS);
    for (const place of step.undoes) this.#revertedAtS.set(place, change.landedAtS);
    if (step.measured !== null) this.#measured.push(step.measured);
  }

  /** Number of changes seen, reverts included. */
  get count(): number {
    return this.#landedAtS.length;
  }

  /** Every measured change with its label: reverted within `days`. */
  labelled(days: number): readonly LabelledChange[] {
    const end = this.#landedAtS[this.#landedAtS.length - 1] ?? 0;
    return this.#measured.map((change) => {
      const revertedAtS = this.#revertedAtS.get(change.place);
      const afterS = revertedAtS === undefined ? null : revertedAtS - change.landedAtS;
      const mature = change.landedAtS <= end - days * DAY_S;
      return {
        ...change,
        revertedAfterH: afterS === null ? null : roundHalfEven(afterS / 3600, 2),
        reverted: mature ? afterS !== null && afterS <= days * DAY_S : null,
      };
    });
  }
}
