import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformFacts } from '../../ports/platform.ts';
import { afterChange, StepRefused, StepUnknown, type PlatformStep } from '../step.ts';
import { createApi, type ArgoCdApi } from './api.ts';
import {
  autoSyncIsOn,
  historyOf,
  isBusy,
  isVersion,
  versionOf,
  type Application,
  type HistoryEntry,
} from './application.ts';
import type { ArgoCdCall } from './call.ts';

const LOOKS = 15;

/** One call of Argo CD. */
export const argoCdStep: PlatformStep = (argument, env) => {
  const call = argument as ArgoCdCall;
  const api = createApi(call, env);
  switch (call.act) {
    case 'auto-sync-off':
      return autoSyncOff(api, call);
    case 'rollback':
      return rollback(api, call);
    case 'version':
      return version(api, call);
    case 'serving':
      return serving(api, call);
    case 'facts':
      return facts(api, call);
  }
};

/** Only where it is on, and only into the very object that was read. */
async function autoSyncOff(api: ArgoCdApi, call: ArgoCdCall): Promise<readonly string[]> {
  const application = await api.read();
  refuseOther(application, call);
  if (!autoSyncIsOn(application)) return [`auto-sync of ${call.application} is off already`];
  const patch = [
    { op: 'test', path: '/metadata/uid', value: call.uid },
    { op: 'test', path: '/metadata/resourceVersion', value: application.metadata.resourceVersion },
    { op: 'remove', path: '/spec/syncPolicy/automated' },
  ];
  await api.change('PATCH', '', { patch: JSON.stringify(patch), patchType: 'json' });
  if (autoSyncIsOn(await afterChange(api.read()))) throw new Error('the server answered OK, but auto-sync is still on');
  return [`auto-sync of ${call.application} switched off; it stays off until somebody switches it on`];
}

async function rollback(api: ArgoCdApi, call: ArgoCdCall): Promise<readonly string[]> {
  const application = await api.read();
  refuseOther(application, call);
  if (autoSyncIsOn(application)) {
    throw new StepRefused(
      `auto-sync of ${call.application} is on: it would put ${call.versions.from ?? ''} back (disableAutoSync)`,
    );
  }
  if (isBusy(application)) throw new StepRefused(`a sync of ${call.application} is under way: nothing was done`);
  const entry = historyOf(application).find((one) => isVersion(one, call.versions.to, call.naming));
  if (entry === undefined) {
    const kept =
      historyOf(application)
        .map((one) => versionOf(one, call.naming) ?? '?')
        .join(', ') || 'none';
    throw new StepRefused(`the history of ${call.application} has no ${call.versions.to ?? ''} (kept: ${kept})`);
  }
  const body = { id: entry.id, prune: call.prune, dryRun: false };
  await api.change('POST', '/rollback', body).catch(async (error: unknown) => {
    if (!(error instanceof StepUnknown) || !(await wasTaken(api, application, entry))) throw error;
  });
  return awaitEnd(api, call, application, entry);
}

/** The answer was lost: an operation that was not there before, for this revision, proves that it was taken. */
async function wasTaken(api: ArgoCdApi, before: Application, entry: HistoryEntry): Promise<boolean> {
  const now = await api.read().catch(() => null);
  return now !== null && isOurs(now, before, entry);
}

/** The sync goes on by itself: waited for, so that its failure is known. The supervisor ends a wait that is too long. */
async function awaitEnd(
  api: ArgoCdApi,
  call: ArgoCdCall,
  before: Application,
  entry: HistoryEntry,
): Promise<readonly string[]> {
  for (let looks = 1; ; looks += 1) {
    const now = await api.read().catch((error: unknown) => {
      throw new StepUnknown(`the rollback was taken, but its end cannot be read: ${(error as Error).message}`);
    });
    const { phase = '', message = '' } = now.status?.operationState ?? {};
    if (isOurs(now, before, entry) && !isBusy(now)) {
      if (phase !== 'Succeeded') throw new Error(`the sync to history id ${entry.id} ended ${phase}: ${message}`);
      return [
        `${call.application}: synced to history id ${entry.id} (${versionOf(entry, call.naming) ?? '?'}); ${message}`.trim(),
      ];
    }
    // A rollback that was taken shows at once: as an operation asked for, or under way.
    if (looks >= LOOKS && !isBusy(now)) throw new Error('the server answered OK, but no operation was begun');
    await sleep(call.pollMs);
  }
}

/** Before it nothing was under way: an operation for this revision that is new is the one that was asked for. */
function isOurs(now: Application, before: Application, entry: HistoryEntry): boolean {
  const state = now.status?.operationState;
  const isNew = state?.startedAt !== before.status?.operationState?.startedAt;
  const sync = now.operation?.sync ?? (isNew ? state?.operation?.sync : undefined);
  return sync !== undefined && (sync.revision ?? sync.revisions?.[0]) === (entry.revision ?? entry.revisions?.[0]);
}

async function version(api: ArgoCdApi, call: ArgoCdCall): Promise<readonly string[]> {
  const application = await api.read();
  const [live] = historyOf(application);
  if (live === undefined) throw new StepRefused(`${call.application} was never synced: it has no history`);
  const { from, to } = call.versions;
  const asWritten = [from, to].find((one) => isVersion(live, one, call.naming)) ?? versionOf(live, call.naming);
  if (asWritten === null) throw new StepRefused(`the history of ${call.application} states no version`);
  return [asWritten];
}

async function serving(api: ArgoCdApi, call: ArgoCdCall): Promise<readonly string[]> {
  const application = await api.read();
  const [live] = historyOf(application);
  const health = application.status?.health?.status ?? 'Unknown';
  const is = live !== undefined && isVersion(live, call.versions.to, call.naming);
  const text = `${call.application} is ${health} at ${live === undefined ? '?' : (versionOf(live, call.naming) ?? '?')}`;
  if (is && health === 'Healthy' && !isBusy(application)) return [text];
  throw new StepRefused(text);
}

async function facts(api: ArgoCdApi, call: ArgoCdCall): Promise<readonly string[]> {
  const application = await api.read();
  const versions = historyOf(application).flatMap((entry, index) => {
    const version = versionOf(entry, call.naming);
    if (version === null) return [];
    const atMs = Date.parse(entry.deployedAt ?? '');
    return [
      {
        version,
        revision: String(entry.id),
        deployedAtMs: Number.isNaN(atMs) ? null : atMs,
        by: entry.initiatedBy?.username ?? (entry.initiatedBy?.automated === true ? 'auto-sync' : null),
        change: entry.revision ?? null,
        commit: entry.revision ?? null,
        current: index === 0,
      },
    ];
  });
  const selfHeal = autoSyncIsOn(application)
    ? `auto-sync of Argo CD application ${call.application} is on: it syncs to Git again, and refuses a rollback`
    : null;
  const told: PlatformFacts = { versions, selfHeal, notUndone: [], external: null };
  return [JSON.stringify(told)];
}

function refuseOther(application: Application, call: ArgoCdCall): void {
  const [live] = historyOf(application);
  if (live !== undefined && isVersion(live, call.versions.from, call.naming)) return;
  const is = live === undefined ? 'no version' : (versionOf(live, call.naming) ?? 'no version');
  throw new StepRefused(`${call.application} is at ${is}, not ${call.versions.from ?? ''}: nothing was done`);
}
