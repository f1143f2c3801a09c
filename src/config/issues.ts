import type { z } from 'zod';
import { visibleText } from '../core/model/visible.ts';
import { guessDuration } from './duration.ts';
import { didYouMean } from './did-you-mean.ts';
import type { ConfigDocument } from './document.ts';
import { knownKeysAt, type JsonSchema } from './json-schema.ts';
import { placesOfKey } from './misplaced-key.ts';
import { keyText, type ConfigProblem } from './problem.ts';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  array: 'a list',
};

/** What the schema found, with the place in the file. `schema` is that of the whole file. */
export function problemsOf(
  issues: readonly Issue[],
  document: ConfigDocument,
  schema: JsonSchema,
): readonly ConfigProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [valueProblem(issue, document)];
    return issue.keys.map((key) => unknownKey(key, issue.path, schema, document));
  });
}

function unknownKey(
  key: string,
  parent: readonly PropertyKey[],
  schema: JsonSchema,
  document: ConfigDocument,
): ConfigProblem {
  const path = [...parent, key];
  return {
    severity: 'error',
    path: document.path,
    ...document.keyAt(path),
    key: keyText(path),
    message: `unknown key "${visibleText(key, 60)}"`,
    fix: placeOfKey(key, parent, schema),
  };
}

/** The key that was meant, or where this one belongs, or those that are known. */
function placeOfKey(key: string, parent: readonly PropertyKey[], schema: JsonSchema): string {
  const known = knownKeysAt(schema, parent);
  const near = didYouMean(key, known);
  if (near !== null) return `did you mean "${near}"?`;
  const places = placesOfKey(schema, key);
  if (places.length > 0) return `it belongs elsewhere: ${places.join('  or  ')}`;
  return `known here: ${known.join(', ') || 'none'}`;
}

function valueProblem(issue: Issue, document: ConfigDocument): ConfigProblem {
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const phrase = expected(issue);
  return {
    severity: 'error',
    path: document.path,
    ...document.valueAt(issue.path),
    key: keyText(issue.path),
    message: missing ? `is missing: expected ${phrase}` : `expected ${phrase}, found ${show(foundOf(issue))}`,
    fix: fixOf(issue, phrase),
  };
}

/** Of a mapping that fits no alternative, the value that would have chosen one is to blame. */
function foundOf(issue: Issue): unknown {
  const key = issue.code === 'invalid_union' && 'discriminator' in issue ? issue.discriminator : undefined;
  if (key === undefined || typeof issue.input !== 'object' || issue.input === null) return issue.input;
  return (issue.input as Readonly<Record<string, unknown>>)[key];
}

/** The phrase after "expected": the schema's own, else one made from the kind of rule. */
function expected(issue: Issue): string {
  if (!/^(Invalid|Too |Unrecognized)/.test(issue.message)) return issue.message;
  // The other codes come with a sentence of their own.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? show(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${sized(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${sized(issue.origin)}`;
    case 'invalid_union':
      return issue.errors.flatMap((branch) => branch.slice(0, 1).map(expected)).join(' or ') || 'another value';
    case 'invalid_format':
      return `text of the form ${issue.pattern ?? issue.format}`;
    default:
      return issue.message;
  }
}

function sized(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' entries' : '';
}

function fixOf(issue: Issue, phrase: string): string | null {
  const fix = issue.code === 'custom' ? (issue.params?.['fix'] as unknown) : null;
  if (typeof fix === 'string') return fix;
  if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
    const near = didYouMean(issue.input, issue.values.map(String));
    return near === null ? null : `did you mean "${near}"?`;
  }
  if (!phrase.startsWith('a duration')) return null;
  if (typeof issue.input === 'number') return `say the unit: ${issue.input}s or ${issue.input}m`;
  const guess = typeof issue.input === 'string' ? guessDuration(issue.input) : null;
  return guess === null || guess === issue.input ? null : `write ${guess}`;
}

function show(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list';
  if (typeof input === 'object') return 'a mapping';
  return typeof input === 'string' ? `"${visibleText(input, 60)}"` : JSON.stringify(input);
}
