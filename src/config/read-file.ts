import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { ConfigError } from './problem.ts';

const LARGEST_BYTES = 1024 * 1024;

/** The text of a config and the SHA-256 of its bytes (hex). Throws ConfigError for what is no readable text file. */
export function readConfigFile(path: string): { readonly text: string; readonly hash: string } {
  const bytes = readBytes(path);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, hash: sha256(bytes) };
  } catch {
    throw fileError(path, 'is not UTF-8 text', 'save it as UTF-8');
  }
}

/** SHA-256 of bytes in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readBytes(path: string): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') throw fileError(path, 'is not there', 'make one with `rollwatch config init`');
    throw fileError(path, `cannot be read (${code})`, 'check its permissions');
  }
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) throw fileError(path, 'is not a regular file', null);
    if (facts.size > LARGEST_BYTES)
      throw fileError(path, `has ${facts.size} bytes, at most ${LARGEST_BYTES} are read`, null);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function fileError(path: string, message: string, fix: string | null): ConfigError {
  return new ConfigError([{ severity: 'error', path, line: null, column: null, key: '', message, fix }]);
}
