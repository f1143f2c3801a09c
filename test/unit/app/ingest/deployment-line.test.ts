import { describe, expect, it } from 'vitest';
import { readMarker } from '../../../../src/app/ingest/deployment-line.ts';

const AT = Date.UTC(2026, 0, 1);

describe('readMarker', () => {
  it('reads a full marker', () => {
    const marker = {
      pipeline: 'pay',
      version: '1.4.0',
      at: '2026-01-01T00:00:00Z',
      commit: 'abc123',
      environment: 'prod',
      previous: '1.3.9',
      features: { num_tasks: 12, is_feature_branch: true, code: 3 },
      unknown: [1],
    };
    expect(readMarker(JSON.stringify(marker), 0)).toEqual({
      deployment: {
        id: `pay@1.4.0@${AT}`,
        pipeline: 'pay',
        environment: 'prod',
        version: '1.4.0',
        previous: '1.3.9',
        atMs: AT,
        commit: 'abc123',
        origin: 'marker',
        features: { num_tasks: 12, is_feature_branch: 1, code: 3 },
      },
    });
  });

  it('fills what is left out with null, takes numbers as versions and epochs as times', () => {
    expect(readMarker('{"pipeline":"pay","version":42,"at":1767225600,"commit":"","previous":null}', 0)).toEqual({
      deployment: {
        id: `pay@42@${AT}`,
        pipeline: 'pay',
        environment: null,
        version: '42',
        previous: null,
        atMs: AT,
        commit: null,
        origin: 'marker',
        features: null,
      },
    });
  });

  it('takes a time without a zone as configured', () => {
    const reading = readMarker('{"pipeline":"pay","version":"2","at":"2026-01-01T02:00:00"}', 120);
    expect(reading).toMatchObject({ deployment: { atMs: AT } });
  });

  it.each([
    ['not json', 'bad-syntax', 'expected one JSON object with pipeline, version and at, found something else'],
    ['[]', 'bad-syntax', 'expected one JSON object with pipeline, version and at, found something else'],
    ['{"version":"1","at":1767225600}', 'bad-syntax', 'expected pipeline, found none'],
    ['{"pipeline":"a","version":"","at":1767225600}', 'bad-syntax', 'expected version, found none'],
    ['{"pipeline":{},"version":"1","at":1767225600}', 'bad-syntax', "expected a text in pipeline, found '{}'"],
    [
      '{"pipeline":"a\\u001b[31m","version":"1","at":1}',
      'bad-syntax',
      "expected no control characters in pipeline, found 'a␛[31m'",
    ],
    ['{"pipeline":"a","version":"1","commit":[1],"at":1}', 'bad-syntax', "expected a text in commit, found '[1]'"],
    ['{"pipeline":"a","version":"1"}', 'no-timestamp', 'expected a time in at, found none'],
    [
      '{"pipeline":"a","version":"1","at":"soon"}',
      'bad-timestamp',
      `expected an ISO time or epoch seconds, ms, µs or ns in at, found '"soon"'`,
    ],
    [
      '{"pipeline":"a","version":"1","at":{}}',
      'bad-timestamp',
      "expected an ISO time or epoch seconds, ms, µs or ns in at, found '{}'",
    ],
    [
      '{"pipeline":"a","version":"1","at":1767225600,"features":[1]}',
      'bad-syntax',
      "expected numbers by name in features, found '[1]'",
    ],
    [
      '{"pipeline":"a","version":"1","at":1767225600,"features":{"n":"x"}}',
      'bad-number',
      `expected a number for the feature 'n', found '"x"'`,
    ],
  ])('refuses %s', (line, code, message) => {
    expect(readMarker(line, 0)).toEqual({ problem: { code, message } });
  });

  it('refuses a name of more than 200 characters', () => {
    const line = JSON.stringify({ pipeline: 'a'.repeat(201), version: '1', at: 1_767_225_600 });
    expect(readMarker(line, 0)).toMatchObject({
      problem: { message: 'expected at most 200 characters in pipeline, found 201' },
    });
  });
});
