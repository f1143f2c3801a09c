import { numberText } from '../../model/value-text.ts';

/** `3 → 22.6 (+653 %)`; without the share where there is none. */
export function changeText(before: number, after: number): string {
  const share =
    before === 0 ? '' : ` (${after >= before ? '+' : '−'}${numberText(Math.abs(after / before - 1) * 100)} %)`;
  return `${numberText(before)} → ${numberText(after)}${share}`;
}

/** `p 0.012`. */
export function certaintyText(p: number): string {
  return p < 0.0005 ? 'p < 0.001' : `p ${p.toFixed(3)}`;
}
