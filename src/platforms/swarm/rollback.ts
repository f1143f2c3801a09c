import { setTimeout as sleep } from 'node:timers/promises';
import { StepRefused, StepUnknown } from '../step.ts';
import type { SwarmCall } from './call.ts';
import { messageOf, writeEngine } from './engine.ts';
import { readService, versionOf, type Service } from './service.ts';

const TRIES = 5;
const LOOK_MS = 500;
/** The step ends by itself before it is stopped from outside, so that it can say how far it came. */
const MARGIN_MS = 3000;
const OUT_OF_SEQUENCE = /update out of sequence/;

/**
 * Puts the previous spec back, only over the very state of the service in which the version to be replaced was read:
 * the Engine refuses a `version` that is not the newest, which here is the optimistic lock. What it accepts is followed
 * to its end in UpdateStatus, since an answer of 200 says no more than that it was begun.
 */
export async function rollBack(call: SwarmCall): Promise<readonly string[]> {
  const endMs = performance.now() + call.timeoutMs - MARGIN_MS;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const service = await readService(call);
    refuseUnlessReady(call, service);
    const answer = await writeEngine(
      call.socket,
      `/services/${service.ID}/update?version=${service.Version.Index}&rollback=previous`,
      service.Spec,
    );
    if (answer.status === 200) return follow(call, service, endMs);
    const said = messageOf(answer);
    // Swarm itself writes the service while an update goes on: looked at afresh, from the start.
    if (!OUT_OF_SEQUENCE.test(said)) throw new StepRefused(`HTTP ${answer.status}: ${said}; nothing was changed`);
  }
  throw new StepRefused(
    `service ${call.service} was changed ${TRIES} times in a row while it was looked at: nothing was done`,
  );
}

function refuseUnlessReady(call: SwarmCall, { Spec, PreviousSpec, UpdateStatus }: Service): void {
  const { service, versionFrom, versions } = call;
  const state = UpdateStatus?.State ?? '';
  if (state === 'rollback_started') {
    throw new StepRefused(
      `Swarm is rolling ${service} back by itself (${UpdateStatus?.Message ?? ''}): nothing was done`,
    );
  }
  const version = versionOf(Spec, versionFrom);
  if (version !== versions.from) {
    throw new StepRefused(
      `service ${service} is at version ${version ?? 'unknown'}, not ${versions.from ?? ''}: nothing was done`,
    );
  }
  if (state.startsWith('rollback_')) {
    // The Engine would do it: what it keeps as the spec before is then the very one that was rolled back from.
    throw new StepRefused(
      `service ${service} was itself rolled back (${state}), and the spec before that is the one it was rolled back from: a rollback is not rolled back; deploy ${versions.to ?? ''} anew`,
    );
  }
  if (PreviousSpec === undefined || PreviousSpec === null) {
    throw new StepRefused(`service ${service} has no previous spec: Swarm keeps one, and it has had no update`);
  }
  const previous = versionOf(PreviousSpec, versionFrom);
  if (previous !== versions.to) {
    throw new StepRefused(
      `Swarm can only go back to ${previous ?? 'a spec without a version'}, the spec before this one, not to ${versions.to ?? ''}: nothing was done`,
    );
  }
}

async function follow(call: SwarmCall, before: Service, endMs: number): Promise<readonly string[]> {
  for (;;) {
    const { Spec, UpdateStatus } = await readService(call).catch((error: unknown) => {
      throw new StepUnknown(`the rollback was begun, but not read back: ${(error as Error).message}`);
    });
    const state = UpdateStatus?.State ?? 'none';
    const text = `service ${call.service}: ${state} (${UpdateStatus?.Message ?? ''})`;
    if (versionOf(Spec, call.versionFrom) !== call.versions.to) throw new Error(`${text}, at another version again`);
    const isOld = UpdateStatus?.StartedAt === before.UpdateStatus?.StartedAt;
    if (state === 'rollback_completed' && !isOld) return [text];
    if (state === 'rollback_paused' && !isOld) throw new Error(`${text}: Swarm has stopped half-way`);
    if (performance.now() >= endMs) throw new StepUnknown(`${text} goes on; it was not at its end in time`);
    await sleep(LOOK_MS);
  }
}
