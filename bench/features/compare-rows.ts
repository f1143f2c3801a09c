/** What the definition calls two of our columns. */
const THEIR_NAMES: Readonly<Record<string, string>> = { _revert_after_h: 'revert_h', label_reverted_14d: 'y' };

/** Rows of a CSV text whose cells hold no commas, by column. */
export function readRows(text: string): readonly ReadonlyMap<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return new Map(names.map((name, i) => [name, cells[i]!]));
  });
}

/**
 * Each cell that is in none of the versions of the expected table, said in words.
 *
 * @param versions the same table several times; where they differ among each other, each is right
 */
export function differences(
  rows: readonly ReadonlyMap<string, string>[],
  versions: readonly (readonly ReadonlyMap<string, string>[])[],
): readonly string[] {
  if (rows.length !== versions[0]!.length) return [`${rows.length} rows; expected ${versions[0]!.length}`];
  return rows.flatMap((row, i) =>
    [...row].flatMap(([name, value]) => {
      const expected = versions.map((version) => version[i]!.get(THEIR_NAMES[name] ?? name)!);
      if (expected.some((one) => isSame(one, value))) return [];
      return [`${row.get('commit')} ${name}: ${value}; expected ${[...new Set(expected)].join(' or ')}`];
    }),
  );
}

function isSame(a: string, b: string): boolean {
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}
