/** The paths of one changed file. */
export interface ChangedPaths {
  readonly oldPath: string;
  readonly newPath: string;
}

/**
 * Places of files by the file they are versions of, renames followed, in order within each; the largest group first.
 *
 * Versions of a file are built from each other, so what counts one should count the next.
 */
export function pathGroups(files: readonly ChangedPaths[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const byPath = new Map<string, number[]>();
  files.forEach(({ oldPath, newPath }, place) => {
    let group = byPath.get(oldPath);
    if (group === undefined) groups.push((group = []));
    byPath.set(newPath, group);
    group.push(place);
  });
  return groups.sort((a, b) => b.length - a.length);
}
