import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import { visibleText } from '../core/model/visible.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';

/** A place in the file, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML file with the place of everything in it. */
export interface ConfigDocument {
  readonly path: string;
  /** Plain data; null for an empty file. */
  readonly data: unknown;
  /** Where the value of a key is, or of its nearest parent that is there. */
  valueAt(path: readonly PropertyKey[]): Position;
  /** Where the key itself is written. */
  keyAt(path: readonly PropertyKey[]): Position;
}

/** Reads YAML 1.2 with anchors and merge keys. Throws ConfigError with line and column for what is none. */
export function parseDocument(text: string, path: string): ConfigDocument {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if ('empty' in documents) return { path, data: null, valueAt: () => at(0), keyAt: () => at(0) };
  const fault = (position: Position, message: string, fix: string | null): ConfigProblem => {
    return { severity: 'error', path, ...position, key: '', message: visibleText(message, 300), fix };
  };
  const faults = documents
    .flatMap((document) => [...document.errors, ...document.warnings])
    .map((error) => {
      return fault(at(error.pos[0]), error.message, YAML_FIXES[error.code] ?? null);
    });
  const second = documents[1];
  if (second !== undefined) {
    faults.push(fault(at(second.range[0]), 'a second document begins here', 'keep one document per file'));
  }
  if (faults.length > 0) throw new ConfigError(faults);
  const document = documents[0]!;
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ConfigError([fault(at(0), error instanceof Error ? error.message : String(error), 'use fewer anchors')]);
  }
  return {
    path,
    data,
    valueAt: (keys) => at(find(document, keys).value),
    keyAt: (keys) => at(find(document, keys).key),
  };
}

const YAML_FIXES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'keep one of them',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'align it with its neighbours',
  MISSING_CHAR: 'close the quote or bracket',
};

interface Offsets {
  readonly key: number;
  readonly value: number;
}

/** Follows the keys through maps, lists, aliases and merges as far as they go. */
function find(document: Document.Parsed, path: readonly PropertyKey[]): Offsets {
  let node: Node | null = document.contents;
  let found: Offsets = { key: start(node) ?? 0, value: start(node) ?? 0 };
  for (const part of path) {
    const next = child(document, node, part);
    if (next === null) return found;
    found = { key: next.key ?? found.key, value: start(next.node) ?? next.key ?? found.value };
    node = next.node;
  }
  return found;
}

interface Child {
  readonly node: Node | null;
  readonly key: number | null;
}

function child(document: Document.Parsed, node: Node | null, part: PropertyKey): Child | null {
  const target = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isSeq(target)) {
    const item = target.items[Number(part)] as Node | undefined;
    return item === undefined ? null : { node: item, key: start(item) };
  }
  if (!isMap(target)) return null;
  for (const pair of target.items) {
    if (isScalar(pair.key) && String(pair.key.value) === String(part)) {
      return { node: pair.value as Node | null, key: start(pair.key) };
    }
  }
  for (const pair of target.items) {
    if (!isScalar(pair.key) || pair.key.source !== '<<') continue;
    const merged = child(document, pair.value as Node | null, part);
    if (merged !== null) return merged;
  }
  return null;
}

function start(node: Node | null | undefined): number | null {
  return node?.range?.[0] ?? null;
}
