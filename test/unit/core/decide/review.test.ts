import { describe, expect, it } from 'vitest';
import { fitsPath, reviewChanges } from '../../../../src/core/decide/review.ts';

describe('what a rollback leaves as it is', () => {
  it('is told by the paths a deployment changed', () => {
    const paths = [
      'src/a.ts',
      'db/migrations/1.sql',
      'x.sql',
      'deploy/config/app.json',
      'db/migrations/2',
      'migrations/3',
    ];
    expect(reviewChanges(paths)).toEqual([
      {
        kind: 'migrations',
        text: 'data migrations stay as they are: db/migrations/1.sql, x.sql, db/migrations/2 and 1 more',
      },
      { kind: 'configuration', text: 'configuration may stay as it is: deploy/config/app.json' },
    ]);
    expect(reviewChanges(['src/a.ts', 'README.md'])).toEqual([]);
  });

  it.each([
    ['**/*.sql', 'a.sql', true],
    ['**/*.sql', 'a/b/c.sql', true],
    ['*.sql', 'a/b.sql', false],
    ['db/**', 'db/x/y', true],
    ['db/**', 'dbx', false],
    ['a.b', 'axb', false],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(fitsPath(pattern, path)).toBe(fits);
  });
});
