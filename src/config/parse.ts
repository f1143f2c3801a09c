import { crossChecks } from './check.ts';
import { parseDocument, type ConfigDocument } from './document.ts';
import { problemsOf } from './issues.ts';
import { configJsonSchema } from './json-schema.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';
import { configFile, type ConfigFile } from './schema.ts';

/** A valid config with its places and what is doubtful in it. */
export interface ParsedConfig {
  readonly file: ConfigFile;
  readonly document: ConfigDocument;
  readonly warnings: readonly ConfigProblem[];
}

/** Reads and validates the text of a config. Throws ConfigError with all problems that were found, in the order of the file. */
export function parseConfig(text: string, path: string): ParsedConfig {
  const document = parseDocument(text, path);
  const result = configFile.safeParse(document.data, { reportInput: true });
  if (!result.success) {
    throw new ConfigError(inOrder(problemsOf(result.error.issues, document, configJsonSchema())));
  }
  const found = inOrder(crossChecks(result.data, document));
  if (found.some((problem) => problem.severity === 'error')) throw new ConfigError(found);
  return { file: result.data, document, warnings: found };
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
