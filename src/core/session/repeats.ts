import type { Decision } from '../model/decision.ts';
import type { SessionEvent, SessionEventType } from './event.ts';

/** What is said of a pipeline: true until something else is. Everything else happens, each time anew. */
const STANDS: Readonly<Partial<Record<SessionEventType, true>>> = {
  'deployment-observed': true,
  'verdict-changed': true,
  'decision-made': true,
};

/** True for an event that says how things are, so that saying it again tells nothing. */
export function stands(event: SessionEvent): boolean {
  return STANDS[event.type] === true;
}

/** True when `event` says of its pipeline what `before` said; newer numbers and words are no change. */
export function repeats(event: SessionEvent, before: SessionEvent): boolean {
  if (event.type === 'deployment-observed' && before.type === event.type) {
    return event.deployment.id === before.deployment.id && event.risk?.label === before.risk?.label;
  }
  if (event.type === 'verdict-changed' && before.type === event.type) {
    const [now, then] = [event.verdict, before.verdict];
    return (
      now.deploymentId === then.deploymentId &&
      now.phase === then.phase &&
      now.reason === then.reason &&
      now.freshness === then.freshness
    );
  }
  return (
    event.type === 'decision-made' && before.type === event.type && isSameDecision(event.decision, before.decision)
  );
}

/** True when two decisions differ in nothing but their words and their time. */
export function isSameDecision(one: Decision, other: Decision): boolean {
  return (
    one.kind === other.kind &&
    one.reason === other.reason &&
    one.untilMs === other.untilMs &&
    one.deploymentId === other.deploymentId &&
    one.overridable.join() === other.overridable.join()
  );
}
