import { readFileSync } from 'node:fs';
import { StepRefused, StepUnknown, StepUnreached } from '../step.ts';
import type { Application } from './application.ts';
import type { ArgoCdCall } from './call.ts';

const REQUEST_TIMEOUT_MS = 30_000;

/** The API of one Argo CD for one application. */
export interface ArgoCdApi {
  /** @throws StepRefused when it cannot be read, or is not the one that is configured. */
  read(): Promise<Application>;
  /** @throws StepRefused when the server refused it, StepUnknown when the answer was lost or is an error of the server's. */
  change(method: 'POST' | 'PATCH', path: '' | '/rollback', body: object): Promise<void>;
}

/** The API with the token of the environment, or of the file. */
export function createApi(call: ArgoCdCall, env: Readonly<Record<string, string | undefined>>): ArgoCdApi {
  const base = `${call.server.replace(/\/$/, '')}/api/v1/applications/${encodeURIComponent(call.application)}`;
  const token = tokenOf(call, env);
  const where = call.appNamespace === null ? {} : { appNamespace: call.appNamespace };

  async function send(method: string, path: string, body: object | null): Promise<Response> {
    const query = method === 'GET' ? `?${new URLSearchParams(where).toString()}` : '';
    return fetch(`${base}${path}${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === null ? null : JSON.stringify({ name: call.application, ...where, ...body }),
      // A redirect would carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  }

  async function read(): Promise<Application> {
    const answer = await send('GET', '', null).catch((error: unknown) => {
      throw new StepUnreached(`${call.server} gave no answer: ${causeOf(error)}`);
    });
    if (!answer.ok) {
      const text = `GET application ${call.application}: ${await saidBy(answer)}`;
      throw answer.status === 429 || answer.status >= 500 ? new StepUnreached(text) : new StepRefused(text);
    }
    const application = (await answer.json()) as Application;
    if (application.metadata.uid === call.uid) return application;
    throw new StepRefused(
      `application ${call.application} of ${call.server} has uid ${application.metadata.uid}, not ${call.uid} as configured`,
    );
  }

  async function change(method: 'POST' | 'PATCH', path: '' | '/rollback', body: object): Promise<void> {
    const answer = await send(method, path, body).catch((error: unknown) => {
      throw new StepUnknown(`the answer to ${method} ${path} was lost: ${causeOf(error)}`);
    });
    if (answer.ok) return void (await answer.arrayBuffer());
    const text = `${method} application ${call.application}${path}: ${await saidBy(answer)}`;
    throw answer.status < 500 ? new StepRefused(`${text}; nothing was changed`) : new StepUnknown(text);
  }

  return { read, change };
}

function tokenOf({ tokenEnv, tokenFile }: ArgoCdCall, env: Readonly<Record<string, string | undefined>>): string {
  const token = tokenFile === null ? env[tokenEnv] : fileText(tokenFile);
  if (token !== undefined && token.trim() !== '') return token.trim();
  throw new StepRefused(`there is no token: ${tokenFile ?? `the variable ${tokenEnv}`} is empty`);
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StepRefused(`the token could not be read: ${(error as Error).message}`);
  }
}

async function saidBy(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: string; readonly error?: string };
    return `${answer.status} ${message ?? error ?? ''}`.trim().slice(0, 500);
  } catch {
    // A proxy in between answers in HTML.
    return `${answer.status} ${text.slice(0, 200)}`.trim();
  }
}

function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
