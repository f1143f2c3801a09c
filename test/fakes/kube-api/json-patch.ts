import { isDeepStrictEqual } from 'node:util';

/** A patch that does not apply: the API server answers 422. */
export class PatchFailed extends Error {}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

type Json = Record<string, unknown>;

/** RFC 6902: test, add, replace, remove. All or nothing. */
export function jsonPatch(document: object, operations: readonly Operation[]): object {
  const copy = structuredClone(document) as Json;
  for (const operation of operations) apply(copy, operation);
  return copy;
}

/** RFC 7386; also taken for strategic merge patches without lists. */
export function mergePatch(document: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const target: Json = typeof document === 'object' && document !== null ? { ...(document as Json) } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else target[key] = mergePatch(target[key], value);
  }
  return target;
}

function apply(document: Json, { op, path, value }: Operation): void {
  const parts = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = parts.pop()!;
  let parent = document;
  for (const part of parts) {
    const next = parent[part];
    if (typeof next !== 'object' || next === null)
      throw new PatchFailed(`${op} operation does not apply: doc is missing path: ${path}`);
    parent = next as Json;
  }
  if (op === 'test') {
    if (!isDeepStrictEqual(parent[last], value)) throw new PatchFailed(`testing value ${path} failed`);
  } else if (op === 'remove') delete parent[last];
  else if (op === 'replace' && !(last in parent)) throw new PatchFailed(`replace operation does not apply: ${path}`);
  else if (op === 'add' || op === 'replace') parent[last] = structuredClone(value);
  else throw new PatchFailed(`unknown operation ${op}`);
}
