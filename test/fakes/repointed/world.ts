/**
 * A place a platform acts on, under names that can be made to lead to another place of the same kind: same objects,
 * same versions, and nothing but its id to tell it by.
 */
export interface RepointedWorld {
  /** Of the platform: leads to the place that is meant. */
  readonly config: object;
  /** Environment of the step's processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** The argument of a step's process, where the test cannot reach what the plan itself would reach. */
  readonly call?: (call: object) => object;
  /** From now on the names lead elsewhere. */
  repoint(): void;
  /** Changes made anywhere, in order. */
  effects(): readonly string[];
  /** What the refusal must say: where the names lead now. */
  readonly says: RegExp;
  /** Why a reading cannot tell one place from the other; absent: it does, and is refused. */
  readonly readingsSeeNothing?: string;
  close?(): void | Promise<void>;
}

/** Makes the world in a folder of its own. */
export type MakeWorld = (root: string) => RepointedWorld | Promise<RepointedWorld>;
