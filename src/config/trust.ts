import { fileFacts, writableByOthers, type FileFacts, type ReadFacts } from './file-facts.ts';
import type { Env } from './locate.ts';
import { readTrust, trustPath, TrustError, writeTrust, type TrustRecord } from './trust-file.ts';

/** The config whose trust is asked for. */
export interface TrustSubject {
  readonly path: string | null;
  /** Hash of the bytes that were loaded. */
  readonly hash: string | null;
  /** Files its commands would run, absolute. */
  readonly executables: readonly string[];
}

/** Who asks and where. */
export interface TrustContext {
  readonly env: Env;
  readonly uid: number;
  readonly readFacts?: ReadFacts;
}

/** May rollwatch run what the config names? */
export interface TrustState {
  readonly trusted: boolean;
  /** One sentence: why, or why not and what to do. */
  readonly text: string;
  /** What changed since it was trusted: paths. */
  readonly changed: readonly string[];
}

const HOW = 'read it and run `rollwatch config trust`';

/**
 * Reads everything afresh: trusted only when the bytes on disk are those that were loaded and recorded, likewise every executable,
 * and nobody else could have written them. A config that names no executables still needs trust: it sets the guard rails.
 */
export function trustOf(subject: TrustSubject, context: TrustContext): TrustState {
  if (subject.path === null || subject.hash === null) return no('there is no configuration to trust');
  const readFacts = context.readFacts ?? fileFacts;
  const facts = readFacts(subject.path);
  if (facts === null) return no(`${subject.path} cannot be read any more`);
  if (facts.hash !== subject.hash)
    return no(`${subject.path} changed since rollwatch read it: start again`, [subject.path]);
  const fault =
    faultOf(subject.path, facts, context.uid) ?? executableFault(subject.executables, readFacts, context.uid);
  if (fault !== null) return no(fault);
  if (isOfTheBox(facts)) return { trusted: true, text: `${subject.path} belongs to root`, changed: [] };
  let record: TrustRecord | undefined;
  try {
    record = readTrust(trustPath(context.env), context.uid)[facts.realPath];
  } catch (error) {
    if (error instanceof TrustError) return no(error.message);
    throw error;
  }
  if (record === undefined) return no(`${subject.path} is not trusted: ${HOW}`);
  const changed = changedSince(record, subject, facts, readFacts);
  if (changed.length > 0) return no(`changed since it was trusted: ${changed.join(', ')}; ${HOW}`, changed);
  return { trusted: true, text: `${subject.path} was trusted by ${record.by}`, changed: [] };
}

/** Records the config and its executables as they are now. Throws TrustError that says why it is refused. */
export function recordTrust(subject: TrustSubject, context: TrustContext, by: string, atMs: number): TrustRecord {
  if (subject.path === null || subject.hash === null) throw new TrustError('There is no configuration to trust.');
  const readFacts = context.readFacts ?? fileFacts;
  const facts = readFacts(subject.path);
  if (facts === null || facts.hash !== subject.hash)
    throw new TrustError(`${subject.path} changed just now: try again.`);
  const fault =
    faultOf(subject.path, facts, context.uid) ?? executableFault(subject.executables, readFacts, context.uid);
  if (fault !== null) throw new TrustError(`${fault}.`);
  const executables = Object.fromEntries(subject.executables.map((path) => [path, readFacts(path)?.hash ?? '']));
  const record = { configHash: subject.hash, executables, atMs, by };
  const path = trustPath(context.env);
  writeTrust(path, { ...readTrust(path, context.uid), [facts.realPath]: record });
  return record;
}

function faultOf(path: string, facts: FileFacts, uid: number): string | null {
  const why = writableByOthers(facts, uid);
  return why === null ? null : `${path} is refused for acting: ${why}`;
}

function executableFault(paths: readonly string[], readFacts: ReadFacts, uid: number): string | null {
  for (const path of paths) {
    const facts = readFacts(path);
    if (facts === null) return `${path}, which the configuration names, is not there or cannot be read`;
    const fault = faultOf(path, facts, uid);
    if (fault !== null) return fault;
  }
  return null;
}

function changedSince(
  record: TrustRecord,
  subject: TrustSubject,
  facts: FileFacts,
  readFacts: ReadFacts,
): readonly string[] {
  const config = record.configHash === facts.hash ? [] : [subject.path ?? ''];
  const moved = subject.executables.filter((path) => {
    const known = Object.hasOwn(record.executables, path) ? record.executables[path] : undefined;
    return known === undefined || readFacts(path)?.hash !== known;
  });
  return [...config, ...moved];
}

/** Root wrote it for the whole box: nobody has to say so again. */
function isOfTheBox(facts: FileFacts): boolean {
  return facts.uid === 0 && facts.realPath.startsWith('/etc/');
}

function no(text: string, changed: readonly string[] = []): TrustState {
  return { trusted: false, text, changed };
}
