import { deploymentId } from '../../core/model/deployment.ts';
import type { Actor } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { CommandResult } from '../../core/session/command.ts';
import { approve, dismiss, findOpen, refuse } from './answering.ts';
import { look, propose, proposeGroup } from './asking.ts';
import { consider } from './deciding.ts';
import { applyNews } from './judging.ts';
import { lineageOf } from './lineage.ts';
import { closeProposal, holdProposal } from './proposals.ts';
import type { EngineState } from './state.ts';
import type { EngineCommand } from './types.ts';

/** Does what a person asks for, or says why not. */
export function obey(state: EngineState, command: EngineCommand, by: Actor): CommandResult {
  if (command.type === 'approve') return approve(state, command, by);
  if (command.type === 'dismiss') return dismiss(state, command.proposalId, by, command.reason);
  if (command.type === 'hold') return hold(state, command.proposalId, by);
  if (command.type === 'propose-group') return proposeGroup(state, command.name, command.pipelines);
  if (!state.pipelines.has(command.pipeline)) {
    return { ok: false, text: `no pipeline is called ${visibleText(command.pipeline, 120)}` };
  }
  if (command.type === 'propose') return propose(state, command.pipeline, command, by);
  if (command.type === 'look') return look(state, command.pipeline, command, by, new Set(command.along));
  return rolledBackByHand(state, command.pipeline, by, command.reason);
}

function hold(state: EngineState, proposalId: string, by: Actor): CommandResult {
  const found = findOpen(state, proposalId);
  if (typeof found === 'string') return refuse(state, proposalId, by, found);
  if (found.autoAtMs === null) return { ok: false, text: 'nothing counts down for this question' };
  holdProposal(state, found, by);
  return { ok: true, text: 'held: only a person may approve it now' };
}

/** A person rolled back outside rollwatch: what follows is judged as a return to the earlier version, and left alone. */
function rolledBackByHand(state: EngineState, pipeline: string, by: Actor, reason: string | null): CommandResult {
  if (by.kind !== 'person') return { ok: false, text: 'only a person can have rolled back by hand' };
  const entry = state.entry(pipeline);
  const { current } = entry.judge.timeline;
  state.emit({ type: 'human-rollback', pipeline, deploymentId: current?.id ?? null, by, reason });
  const open = state.open.get(pipeline);
  if (open !== undefined) closeProposal(state, open, 'superseded', by, 'rolled back by hand');
  if (current === null) return { ok: true, text: 'noted' };
  state.decided.add(current.id);
  const { previous } = lineageOf(entry.judge, state.knownHistory);
  if (previous === null || current.origin === 'inferred') {
    consider(state, entry);
    return { ok: true, text: 'noted; which version serves now is not known' };
  }
  const rollback = {
    ...current,
    id: deploymentId(pipeline, previous, state.nowMs),
    version: previous,
    previous: current.version,
    atMs: state.nowMs,
    commit: null,
    origin: 'rollback',
    features: null,
  } as const;
  applyNews(state, entry, [...entry.cohorts.announce(rollback), ...entry.cohorts.tick(state.nowMs)]);
  consider(state, entry);
  return { ok: true, text: `noted: ${visibleText(previous, 60)} serves from now on` };
}
