import { expect, it } from 'vitest';
import { pathGroups } from '../../../../../src/sources/git/counting/path-groups.ts';

it('follows a file through its renames, in order, the longest history first', () => {
  const files = ['a>a', 'b>b', 'b>c', 'a>a', 'c>c', 'd>d', 'c>c', 'b>b'].map((change) => {
    const [oldPath, newPath] = change.split('>') as [string, string];
    return { oldPath, newPath };
  });
  // A path that comes again after a rename from it goes on where it was.
  expect(pathGroups(files)).toEqual([[1, 2, 4, 6, 7], [0, 3], [5]]);
});
