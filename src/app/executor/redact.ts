const MASK = '[redacted]';
/** Shorter values would take ordinary words out of the output. */
const MINIMUM_SECRET_CHARS = 4;

/** Each pattern keeps its first group and masks the rest. */
const PATTERNS: readonly RegExp[] = [
  // A key in PEM, also where only its end is in the text.
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /^()(?:[A-Za-z0-9+/=]{16,}\r?\n){0,120}-----END [A-Z ]*PRIVATE KEY-----/gm,
  // user:password in a URL.
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/:@]{0,200}:[^\s/@]{1,500}(?=@)/gi,
  /(\b(?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?)(?:(?:basic|bearer|digest|token)\s+)?[^\s"',;]+/gi,
  /(\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  // key=value, key: value, --key value, "key": "value", where the key says that it is a secret.
  /((?:^|[^A-Za-z0-9])(?:[A-Za-z0-9]{1,40}[_.-]){0,6}(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credentials?|pwd|pw|sas|sig)["']?(?:\s{0,4}[:=]\s{0,4}|\s{1,4}(?=["'])|(?<=--[a-z_-]{1,60})\s{1,4})["']?)[^\s"',;&]{3,}/gi,
  // Tokens that carry their issuer's mark: AWS, GitHub, GitLab, Slack, Google, Stripe, npm, JWT.
  /(\b)(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(\b)gh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /(\b)github_pat_[A-Za-z0-9_]{20,}\b/g,
  /(\b)glpat-[A-Za-z0-9_-]{16,}/g,
  /(\b)xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /(\b)AIza[A-Za-z0-9_-]{30,}/g,
  /(\b)[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /(\b)npm_[A-Za-z0-9]{30,}/g,
  /(\b)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
];

/**
 * Text without secrets: the given values (of at least four characters, wherever they occur) and what looks like one.
 * Give it whole blocks: a key of several lines is only known as a whole. Unusual secrets that are not given pass.
 */
export function redactSecrets(text: string, values: readonly string[] = []): string {
  let clean = text;
  // Longest first, so that a secret that contains another one is masked as a whole.
  const known = values.filter((value) => value.length >= MINIMUM_SECRET_CHARS).toSorted((a, b) => b.length - a.length);
  for (const value of known) clean = clean.replaceAll(value, MASK);
  for (const pattern of PATTERNS) clean = clean.replaceAll(pattern, `$1${MASK}`);
  return clean;
}
