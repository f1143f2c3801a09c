import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { PlanError } from '../ports/platform.ts';

/** The only places a bare program name is looked for, and the PATH of every command. */
export const FIXED_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Absolute path of a program: given so, relative to the config's folder (with a slash), or found on the fixed PATH.
 *
 * @throws PlanError when there is none, it cannot be executed, or someone else could change it.
 */
export function resolveExecutable(program: string, baseDir: string): string {
  const path = candidates(program, baseDir).find(isExecutableFile);
  if (path === undefined) {
    const where = program.includes('/') ? resolve(baseDir, program) : `${program} on ${FIXED_PATH}`;
    throw new PlanError(`no executable file ${where}`);
  }
  const fault = ownershipFault(path);
  if (fault !== null) throw new PlanError(`${path} is not run: ${fault}`);
  return path;
}

/** Absolute paths of the files an argv names: its program and every argument that is an existing file (a script). */
export function filesOf(argv: readonly string[], baseDir: string): readonly string[] {
  const [program = '', ...rest] = argv;
  const scripts = rest.filter((argument) => argument.includes('/')).map((argument) => resolve(baseDir, argument));
  return [resolveExecutable(program, baseDir), ...scripts.filter(isFile)];
}

function candidates(program: string, baseDir: string): readonly string[] {
  if (isAbsolute(program)) return [program];
  if (program.includes('/')) return [resolve(baseDir, program)];
  return FIXED_PATH.split(':').map((dir) => join(dir, program));
}

/** Whoever can write a program decides what it does. */
function ownershipFault(path: string): string | null {
  const { uid, gid, mode } = statSync(path);
  const me = process.getuid?.() ?? 0;
  if (uid !== 0 && uid !== me) return `it belongs to user ${uid}, not to root or to you`;
  // A user-private group (same number as its user) has no other member.
  const open = gid === uid ? 0o002 : 0o022;
  return (mode & open) === 0 ? null : `others can write it (chmod go-w ${path})`;
}

function isExecutableFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.isFile() && (stats.mode & 0o111) !== 0;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
