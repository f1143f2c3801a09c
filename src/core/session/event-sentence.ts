import type { Decision } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import type { Actor, Execution, Proposal } from '../model/rollback.ts';
import { isoTime } from '../model/time.ts';
import type { Verdict } from '../model/verdict.ts';
import { visibleText } from '../model/visible.ts';
import type { SessionEvent } from './event.ts';

/** Whom an event concerns and what happened, in the operator's words; foreign text in it is made visible. */
export interface EventSentence {
  /** Empty when it concerns the whole session. */
  readonly pipeline: string;
  readonly text: string;
}

/** Puts an event into one sentence, the same for the audit, the screen and headless lines. */
export function eventSentence(event: SessionEvent): EventSentence {
  const { pipeline, text } = sentence(event);
  return { pipeline: visibleText(pipeline), text: visibleText(text) };
}

/** Label, probability and the two reasons that speak most for the label; empty where no risk is known. */
function riskText(risk: Risk | null): string {
  if (risk === null) return '';
  const side = risk.label === 'HIGH' ? 1 : -1;
  const reasons = risk.reasons.filter(({ contribution }) => contribution * side > 0).slice(0, 2);
  const because = reasons.length === 0 ? '' : `: ${reasons.map(({ text }) => text).join(', ')}`;
  return `; risk ${risk.label} ${Math.round(risk.probability * 100)} %${because}`;
}

function sentence(event: SessionEvent): EventSentence {
  switch (event.type) {
    case 'session-started':
      return { pipeline: '', text: `rollwatch ${event.version} started by ${actorText(event.by)}` };
    case 'session-ended':
      return { pipeline: '', text: `rollwatch ended: ${event.reason}` };
    case 'deployment-observed': {
      const { pipeline, version, previous, origin } = event.deployment;
      const was = previous === null ? '' : `, was ${previous}`;
      return { pipeline, text: `deployed ${version}${was} (${origin})${riskText(event.risk)}` };
    }
    case 'verdict-changed':
      return { pipeline: event.verdict.pipeline, text: verdictSentence(event.verdict) };
    case 'decision-made':
      return { pipeline: event.decision.pipeline, text: decisionSentence(event.decision) };
    case 'proposal-opened': {
      const { pipeline, plan, id } = event.proposal;
      const dry = plan.dryRun ? ' (dry run)' : '';
      const what = groupText(event.proposal) ?? `${plan.fromVersion} → ${plan.toVersion}`;
      return { pipeline, text: `asks: roll back ${what}?${dry} (proposal ${id})` };
    }
    case 'proposal-held':
      return { pipeline: event.pipeline, text: `auto held by ${actorText(event.by)}` };
    case 'proposal-seconded':
      return {
        pipeline: event.pipeline,
        text: `${event.have} of ${event.needed} say yes: ${actorText(event.by)}${because(event.reason ?? null)}`,
      };
    case 'proposal-closed':
      return {
        pipeline: event.pipeline,
        text: `${event.answer} by ${actorText(event.by)}${because(event.reason)}${overrodeText(event.overrode)}`,
      };
    case 'answer-refused':
      return { pipeline: '', text: `an answer of ${actorText(event.by)} was refused: ${event.why}` };
    case 'execution-changed':
      return { pipeline: event.execution.pipeline, text: executionText(event.execution) };
    case 'group-changed':
      return { pipeline: '', text: `group ${event.group.name} ${event.group.state}: ${event.group.text}` };
    case 'human-rollback':
      return {
        pipeline: event.pipeline,
        text: `rolled back by hand, says ${actorText(event.by)}${because(event.reason)}`,
      };
    case 'external-rollback': {
      const { by, text, inProgress } = event.external;
      return {
        pipeline: event.pipeline,
        text: `${inProgress ? 'is being rolled back' : 'was rolled back'} by ${by}, not by rollwatch: ${text}`,
      };
    }
    case 'silenced': {
      const { pipeline, untilMs, reason } = event.silence;
      return { pipeline, text: `silenced by ${actorText(event.by)} until ${isoTime(untilMs) ?? '–'}: ${reason}` };
    }
    case 'silence-ended':
      return { pipeline: event.pipeline, text: `silence ended by ${actorText(event.by)}` };
    case 'halted':
      return { pipeline: '', text: `halted by ${actorText(event.by)}: ${event.reason}` };
    case 'resumed':
      return { pipeline: '', text: `resumed by ${actorText(event.by)}` };
    case 'config-trusted':
      return { pipeline: '', text: `configuration ${event.path} trusted by ${actorText(event.by)}` };
  }
}

/** The phase and what is said of it; a text that begins with the phase says it already. */
export function verdictSentence({ phase, text }: Pick<Verdict, 'phase' | 'text'>): string {
  const said = `${phase}: `;
  return text.toLowerCase().startsWith(said.toLowerCase()) ? said + text.slice(said.length) : said + text;
}

/** What is decided. Only a question does not say by itself that it is one: the other texts begin with their verb. */
export function decisionSentence({ kind, text }: Pick<Decision, 'kind' | 'text'>): string {
  return kind === 'ask' ? `asks: ${text}` : text;
}

function executionText(execution: Execution): string {
  const { state, fromVersion, toVersion, text, dryRun } = execution;
  return `${dryRun ? 'dry run ' : 'rollback '}${fromVersion} → ${toVersion} ${state}${because(text)}`;
}

/** The services a question is about, in their order; null for a question about one. */
function groupText({ group }: Proposal): string | null {
  if (group === undefined) return null;
  const parts = group.members.map(({ pipeline, plan }) => `${pipeline} ${plan.fromVersion} → ${plan.toVersion}`);
  return `${parts.join(', then ')} (group ${group.name})`;
}

function overrodeText(overrode: readonly string[] = []): string {
  return overrode.length === 0 ? '' : `; overrode: ${overrode.join('; ')}`;
}

/** Who did something, for people. */
export function actorText(actor: Actor): string {
  if (actor.kind === 'person') return `${actor.name} (${actor.via})`;
  return actor.kind === 'auto' ? 'rollwatch itself' : actor.name;
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${reason}`;
}
