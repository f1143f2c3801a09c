const compiled = new Map<string, RegExp>();

/** True when `name` fits a glob of `*` (any run of characters) and `?` (one character); everything else is literal. */
export function matchesPattern(pattern: string, name: string): boolean {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (sign) =>
      sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`,
    );
    regex = new RegExp(`^${source}$`, 's');
    compiled.set(pattern, regex);
  }
  return regex.test(name);
}
