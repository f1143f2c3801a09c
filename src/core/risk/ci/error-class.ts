/** Classes of failure, first match wins: the more specific cause stands first. */
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['out-of-memory', /out of memory|oom|heap limit|cannot allocate|exit(?:ed with)? code 137/i],
  ['disk', /no space left|disk (?:full|quota)|read-only file system/i],
  ['timeout', /timed?[ -]?out|deadline exceeded|took too long/i],
  [
    'network',
    /connection (?:refused|reset|closed)|could not resolve|unreachable|tls handshake|ECONN|EAI_AGAIN|50[234]\b/i,
  ],
  ['permission', /permission denied|unauthori[sz]ed|forbidden|access denied|\b40[13]\b/i],
  [
    'dependency',
    /could not find (?:a )?(?:version|package|module)|cannot find module|unresolved|npm err|no matching version|404/i,
  ],
  ['compile', /syntax ?error|compil|cannot find symbol|type ?error|undefined reference|does not exist on type/i],
  ['test', /assert|tests? failed|failing|expected .* (?:but|got|to)\b|junit|\d+ failed/i],
  ['lint', /lint|formatting|style check/i],
];

/** What kind of failure a log message tells of: `timeout`, `test` …, `other`; empty for an empty message. */
export function errorClass(message: string): string {
  if (message.trim() === '') return '';
  return CLASSES.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other';
}
