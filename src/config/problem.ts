/** Something wrong with a config, said so that it can be put right without reading anything else. */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  /** From 1; null when no place in the file is to blame. */
  readonly line: number | null;
  readonly column: number | null;
  /** The key, dotted from the top of the file; empty for the file as a whole. */
  readonly key: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** What to write or do instead; null where the message says it all. */
  readonly fix: string | null;
}

/** A config that cannot be used; `problems` has at least one error, `message` says all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/** One line: `file:line:column: key: message. Fix.` */
export function problemText(problem: ConfigProblem): string {
  const place = problem.line === null ? problem.path : `${problem.path}:${problem.line}:${problem.column ?? 1}`;
  const kind = problem.severity === 'warning' ? 'warning: ' : '';
  const key = problem.key === '' ? '' : `${problem.key}: `;
  const fix = problem.fix === null ? '' : `; ${problem.fix}`;
  return `${place}: ${kind}${key}${problem.message}${fix}`;
}

/** `['pipelines', 0, 'match']` as a person writes it: `pipelines[0].match`. */
export function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
