import type { DecisionReason } from '../model/decision.ts';
import { visibleText } from '../model/visible.ts';
import { targetOf, type DecideInput } from './input.ts';
import type { BoundRail } from './rails.ts';

/** Why nothing is done about a verdict that is no failure. */
export function holdWords({ verdict, risk, deployment }: DecideInput): string {
  const said = verdict.text;
  if (verdict.phase === 'Successful' && verdict.reason === 'anomaly') {
    return `holds: ${said}; press r to propose a rollback by hand`;
  }
  if (verdict.phase === 'Running' && risk?.label === 'HIGH') {
    return `holds: HIGH risk, ${percent(risk.probability)}, but no failure: risk alone never rolls back`;
  }
  if (verdict.phase === 'Running' && deployment?.origin === 'inferred') return `holds: ${said}`;
  return verdict.reason === 'healthy' ? 'holds: healthy' : `holds: ${said}`;
}

/** Why a person is asked, and in `auto` which rail keeps rollwatch from doing it alone. */
export function askWords(input: DecideInput, held: BoundRail | null): string {
  const target = `roll back${versions(input)}?`;
  return held === null ? target : `${target} asks instead of acting: ${held.text}`;
}

/** The question ahead of a failure that is only foreseen. */
export function predictedWords(input: DecideInput): string {
  return `not failed yet: ${input.verdict.text}; roll back${versions(input)}?`;
}

/** What `auto` is about to do. */
export function autoWords(input: DecideInput): string {
  return `rolls back${versions(input)} by itself unless a person holds it`;
}

/** A no, with its reason. */
export function refuseWords(bound: BoundRail): string {
  return `refused: ${bound.text}`;
}

/** The sentence of the seed's rule. */
export function seedWords({ verdict, risk }: DecideInput, reason: DecisionReason): string {
  const high = risk === null ? '' : `risk HIGH ${percent(risk.probability)}`;
  if (reason === 'risk-high-and-anomaly') return `proposes a rollback: ${high} and an anomaly`;
  if (reason === 'risk-high') return `proposes a rollback: ${high}`;
  if (reason === 'anomaly') return 'proposes a rollback: an anomaly';
  return verdict.phase === 'NoData' ? `holds: ${verdict.text}` : `holds: no anomaly${lowRisk(risk)}`;
}

function lowRisk(risk: DecideInput['risk']): string {
  return risk === null ? ', risk unknown' : `, risk LOW ${percent(risk.probability)}`;
}

function versions({ deployment, lineage }: DecideInput): string {
  const target = targetOf(lineage);
  if (deployment === null || target === null) return '';
  return ` ${visibleText(deployment.version, 40)} → ${visibleText(target, 40)}`;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
