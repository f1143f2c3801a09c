import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/app/executor/redact.ts';

describe('redactSecrets', () => {
  it.each([
    ['password=hunter22', 'password=[redacted]'],
    ['DB_PASSWORD: "s3cr3t!"', 'DB_PASSWORD: "[redacted]"'],
    ['{"api_key": "abc123def"}', '{"api_key": "[redacted]"}'],
    ['mysql --password hunter22 -h db', 'mysql --password [redacted] -h db'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', 'AWS_SECRET_ACCESS_KEY=[redacted]'],
    ['using AKIAIOSFODNN7EXAMPLE now', 'using [redacted] now'],
    ['Authorization: Bearer eyabc.def', 'Authorization: [redacted]'],
    ['curl -H "Authorization: Basic dXNlcjpwYXNz"', 'curl -H "Authorization: [redacted]"'],
    ['got Bearer abcdefgh12345', 'got Bearer [redacted]'],
    ['clone https://bob:pa55@git.example/x', 'clone https://[redacted]@git.example/x'],
    ['postgres://app:p%40ss@db/x?sslmode=require', 'postgres://[redacted]@db/x?sslmode=require'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345', '[redacted]'],
    ['xoxb-123456789012-abcdef', '[redacted]'],
    ['jwt eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig-nature_x', 'jwt [redacted]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----\nrest', '[redacted]\nrest'],
    ['MIIEowIBAAKCAQEAabcd\n-----END PRIVATE KEY-----\nrest', '[redacted]\nrest'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEow', '[redacted]'],
  ])('%j becomes %j', (text, clean) => {
    expect(redactSecrets(text)).toBe(clean);
  });

  it.each([
    'rolled checkout back to v1.2.3',
    'token bucket refilled, 3 tokens left',
    'passed 12 of 12 checks',
    'http://localhost:8080/health ok',
    'digest sha256:0123456789abcdef',
    'at 2026-01-01T10:00:00Z user:group 12:34:56',
  ])('%j is left as it is', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('masks given values wherever they are, the longest first; very short ones are left', () => {
    expect(redactSecrets('a=swordfish-2 b=swordfish c=ab', ['swordfish', 'swordfish-2', 'ab'])).toBe(
      'a=[redacted] b=[redacted] c=ab',
    );
  });

  it.each(['a', 'a_', 'token', 'Bearer ', '-----BEGIN PRIVATE KEY-----', 'x://', 'QUJDREVGR0hJSktMTU5P\n'])(
    'takes no longer for hostile text made of %j',
    (piece) => {
      const text = piece.repeat(65_536 / piece.length);
      const startMs = performance.now();
      redactSecrets(text);
      // Far above what it takes and far below what backtracking would.
      expect(performance.now() - startMs).toBeLessThan(3000);
    },
  );
});
