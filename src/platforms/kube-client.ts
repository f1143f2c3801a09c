import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepRefused, StepUnknown, StepUnreached } from './step.ts';

/** Where kubectl is to go: nothing of it is left to what happens to be current. */
export interface KubeAt {
  /** Absolute path. */
  readonly kubectl: string;
  readonly context: string;
  readonly namespace: string;
  /** UID of the namespace kube-system: what tells one cluster from another, whatever its name. */
  readonly cluster: string;
}

/** How a call of kubectl ended. */
export interface KubectlEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

type Env = Readonly<Record<string, string | undefined>>;

/** kubectl at one place. */
export interface Kubectl {
  run(args: readonly string[], stdin?: string): Promise<KubectlEnd>;
  /** An object or list as JSON. @throws StepRefused when it cannot be read. */
  get(...args: readonly string[]): Promise<unknown>;
  /**
   * To be called after the object was read and before it is changed: together with a test of the object's own uid in
   * the change, no repointing in between goes unseen. @throws StepRefused when it is another cluster.
   */
  checkCluster(): Promise<void>;
  /**
   * Changes an object by a JSON patch whose `test` operations all hold; false when one did not: nothing was changed.
   *
   * @throws StepRefused when it certainly was not changed, StepUnknown when that cannot be told.
   */
  patch(resource: string, operations: readonly PatchOperation[]): Promise<boolean>;
}

/** kubectl at one place, with the environment it is to have. */
export function createKubectl(at: KubeAt, env: Env): Kubectl {
  const where = [`--context=${at.context}`, `--namespace=${at.namespace}`];
  const run = (args: readonly string[], stdin = ''): Promise<KubectlEnd> =>
    runProgram(at.kubectl, [...where, ...args], env, stdin);

  async function get(...args: readonly string[]): Promise<unknown> {
    const end = await run(['get', '--output=json', '--request-timeout=30s', ...args]);
    if (end.exitCode !== 0) throw unread(`kubectl get ${args.join(' ')}: ${reasonOf(end)}`);
    return JSON.parse(end.stdout);
  }

  async function checkCluster(): Promise<void> {
    const system = (await get('namespace', 'kube-system')) as { readonly metadata?: { readonly uid?: string } };
    const uid = system.metadata?.uid ?? 'none';
    if (uid !== at.cluster) {
      throw new StepRefused(
        `context ${at.context} leads to cluster ${uid}, not to ${at.cluster} as configured: nothing was changed`,
      );
    }
  }

  async function patch(resource: string, operations: readonly PatchOperation[]): Promise<boolean> {
    // By stdin: a pod template may hold what must not stand in the list of processes.
    const args = ['patch', resource, '--type=json', '--patch-file=/dev/stdin', '--output=name'];
    const end = await run(args, JSON.stringify(operations));
    if (end.exitCode === 0) return true;
    const said = reasonOf(end);
    if (testFailed(said)) return false;
    const text = `kubectl patch ${resource}: ${said}`;
    throw certainlyNotDone(said) ? new StepRefused(`${text}; nothing was changed`) : new StepUnknown(text);
  }

  return { run, get, checkCluster, patch };
}

/** What kubectl said, on one line. */
export function reasonOf({ exitCode, stderr }: KubectlEnd): string {
  const said = stderr
    .split('\n')
    .map((line) => line.trim())
    // The client's chatter about discovery (E1123 … memcache.go) says nothing that its last line does not.
    .filter((line) => line !== '' && !/^[EWI]\d{4} /.test(line));
  return said.slice(-3).join(' ').slice(0, 500) || `exited with ${exitCode ?? 'a signal'}`;
}

function unread(text: string): StepRefused {
  const noAnswer =
    /connection refused|connection reset|i\/o timeout|TLS handshake timeout|unexpected EOF|ServiceUnavailable|TooManyRequests|request timed out|context deadline/i;
  return noAnswer.test(text) ? new StepUnreached(text) : new StepRefused(text);
}

/** 422 by a failed `test`, or 409: kubectl words them so since 1.20. */
function testFailed(said: string): boolean {
  return /the request is invalid|testing .* failed|test failed|\(Conflict\)|the object has been modified/i.test(said);
}

/** Answers by which the server, or the client before it sent anything, refused the call. */
function certainlyNotDone(said: string): boolean {
  return /\((?:NotFound|Forbidden|Unauthorized|Invalid|BadRequest|MethodNotAllowed)\)|is invalid:|connection refused|no such host|must be logged in|context .* does not exist|executable .* (?:not found|failed)|certificate|doesn't have a resource type/i.test(
    said,
  );
}

/** Runs a program to its end. @throws StepRefused when it could not be started. */
export function runProgram(program: string, args: readonly string[], env: Env, stdin = ''): Promise<KubectlEnd> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    const input = unnamedFile(stdin);
    const child = spawn(program, args, { env, stdio: [input, 'pipe', 'pipe'] });
    closeSync(input);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error) => reject(new StepRefused(`${program} could not be started: ${error.message}`)));
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Node's pipes are sockets, which cannot be opened by the name /dev/stdin; a file without a name can, and leaves nothing behind. */
function unnamedFile(text: string): number {
  const dir = mkdtempSync(join(tmpdir(), 'rollwatch-step-'));
  try {
    const path = join(dir, 'input');
    writeFileSync(path, text, { mode: 0o600 });
    return openSync(path, 'r');
  } finally {
    rmSync(dir, { recursive: true });
  }
}
