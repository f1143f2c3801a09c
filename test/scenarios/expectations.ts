import { expect } from 'vitest';
import { causesText } from '../../src/core/model/cause.ts';
import { T0 } from '../builders/judging.ts';
import { duration, type Statement } from './language.ts';
import type { Stage } from './player.ts';
import type { PipelineView } from '../../src/core/session/snapshot.ts';

type Check = (stage: Stage, view: PipelineView, statement: Statement) => void;

/** Every kind of expectation; `view` is the pipeline named by the third word. */
const CHECKS: Readonly<Record<string, Check>> = {
  verdict: (_stage, { verdict }, { words, options, line }) => {
    expect(`${verdict.phase} ${verdict.reason}`, verdict.text).toBe(`${words[3]} ${words[4]}`);
    if (options['since'] !== undefined) expect(verdict.sinceMs).toBe(T0 + duration(options['since'], line));
  },
  decision: (_stage, { decision }, { words, options, line }) => {
    expect(`${decision?.kind} ${decision?.reason}`, decision?.text ?? '').toBe(`${words[3]} ${words[4]}`);
    if (options['until'] !== undefined) expect(decision?.untilMs).toBe(T0 + duration(options['until'], line));
  },
  proposal: (stage, { pipeline }, { words }) => {
    const open = stage.snapshot().proposals.find((one) => one.pipeline === pipeline);
    const state = open === undefined ? 'none' : open.held ? 'held' : open.autoAtMs === null ? 'open' : 'counting';
    expect(state).toBe(words[3]);
  },
  target: (stage, { pipeline }, { words }) => {
    const open = stage.snapshot().proposals.find((one) => one.pipeline === pipeline);
    expect(open?.plan.toVersion).toBe(words[3]);
  },
  closed: (stage, { pipeline }, { words, options }) => {
    const closed = stage.events.findLast((event) => event.type === 'proposal-closed' && event.pipeline === pipeline);
    expect(closed).toMatchObject({
      answer: words[3],
      ...(options['by'] === undefined ? {} : { by: { kind: options['by'] } }),
    });
  },
  overrides: (_stage, { decision }, { words }) => {
    expect(decision?.overridable.join(',')).toBe(words[3]);
  },
  freshness: (_stage, { freshness, verdict }, { words }) => {
    expect([freshness, verdict.freshness]).toEqual([words[3], words[3]]);
  },
  text: (_stage, { verdict }, { rest }) => expect(verdict.text).toContain(rest(3)),
  why: (_stage, { decision }, { rest }) => expect(decision?.text).toContain(rest(3)),
  count: (stage, { pipeline }, { words }) => {
    const found = stage.events.filter((event) => {
      if (event.type !== words[3]) return false;
      const about = { ...event } as Record<string, unknown>;
      const holder = (about['verdict'] ?? about['decision'] ?? about['proposal'] ?? about['deployment'] ?? about) as {
        pipeline?: string;
      };
      return holder.pipeline === pipeline;
    });
    expect(found.length).toBe(Number(words[4]));
  },
  cause: (_stage, { pipeline, verdict }, { rest }) =>
    expect(causesText(verdict.causes ?? [], pipeline, verdict.atMs)).toContain(rest(3)),
  evidence: (_stage, { verdict }, { words }) => expect(verdict.evidence.length).toBe(Number(words[3])),
  health: (_stage, { verdict }, { words }) => compare(verdict.health.value ?? Number.NaN, words),
  confidence: (_stage, { verdict }, { words }) => compare(verdict.confidence, words),
};

/** Checks one `expect` statement; fails with its line. */
export function check(stage: Stage, statement: Statement): void {
  const [, kind = '', pipeline = ''] = statement.words;
  if (kind === 'refused' || kind === 'accepted') {
    expect(stage.result()?.ok, `line ${statement.line}: ${stage.result()?.text}`).toBe(kind === 'accepted');
    return;
  }
  const view = stage.snapshot().pipelines.find((one) => one.pipeline === pipeline);
  const checkOne = CHECKS[kind];
  if (checkOne === undefined || view === undefined) {
    throw new Error(`line ${statement.line}: nothing is known of "${kind} ${pipeline}"`);
  }
  try {
    checkOne(stage, view, statement);
  } catch (error) {
    if (error instanceof Error) error.message = `line ${statement.line}: ${error.message}`;
    throw error;
  }
}

function compare(value: number, words: readonly string[]): void {
  if (words[3] === 'below') expect(value).toBeLessThan(Number(words[4]));
  else if (words[3] === 'above') expect(value).toBeGreaterThan(Number(words[4]));
  else throw new Error(`"${words[3]}" is neither below nor above`);
}
