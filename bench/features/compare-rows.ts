/** What the definition calls two of our columns. */
const THEIR_NAMES: Readonly<Record<string, string>> = { _revert_after_h: 'revert_h', label_reverted_14d: 'y' };

/** The column that a tie between equally busy subsystems leaves open. */
const TIED_COLUMN = 'dir_revert_rate';

/** By commit: the values that the definition may take, by chance, where subsystems are equally busy. */
export type TiedRates = Readonly<Record<string, readonly number[]>>;

/** What comparing two tables found. */
export interface Comparison {
  /** Cells that are not the expected ones, said in words. */
  readonly different: readonly string[];
  /** Cells that are another of the values a tie leaves open than the definition took this time. */
  readonly tied: number;
}

/** Rows of a CSV text whose cells hold no commas, by column. */
export function readRows(text: string): readonly ReadonlyMap<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return new Map(names.map((name, i) => [name, cells[i]!]));
  });
}

/** Compares every cell of our rows with the definition's. */
export function compareRows(
  rows: readonly ReadonlyMap<string, string>[],
  expected: readonly ReadonlyMap<string, string>[],
  ties: TiedRates,
): Comparison {
  if (rows.length !== expected.length) {
    return { different: [`${rows.length} rows; expected ${expected.length}`], tied: 0 };
  }
  const different: string[] = [];
  let tied = 0;
  rows.forEach((row, i) => {
    const commit = row.get('commit')!;
    for (const [name, value] of row) {
      const theirs = expected[i]!.get(THEIR_NAMES[name] ?? name)!;
      if (isSame(value, theirs)) continue;
      const open = name === TIED_COLUMN ? (ties[commit] ?? []) : [];
      if (open.includes(Number(value)) && open.includes(Number(theirs))) tied++;
      else different.push(`${commit} ${name}: ${value}; expected ${[theirs, ...open].join(' or ')}`);
    }
  });
  return { different, tied };
}

function isSame(a: string, b: string): boolean {
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}
