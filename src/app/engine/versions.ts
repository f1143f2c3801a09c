import type { Lineage } from '../../core/decide/input.ts';
import { lastHealthy } from '../../core/decide/last-healthy.ts';
import { versionChoices } from '../../core/decide/version-choices.ts';
import type { ActHistory } from '../../core/model/history.ts';
import type { VersionChoice } from '../../core/model/version-choice.ts';
import { newestFindings } from './kept-findings.ts';
import { lineageOf } from './lineage.ts';
import type { EngineState, PipelineEntry, Wish } from './state.ts';

/** Versions a rollback of the current deployment may go to, newest first; empty without a deployment. */
export function versionsOf(state: EngineState, entry: PipelineEntry): readonly VersionChoice[] {
  const { timeline } = entry.judge;
  const { current } = timeline;
  if (current === null) return [];
  const history = state.knownHistory;
  const { previous, target = null } = aimedLineage(entry, history, null);
  const known = newestFindings(entry, current.id)?.versions ?? [];
  const named = previous === null ? [] : [{ version: previous, ...NOTHING_MORE }];
  const earlier = timeline.announced.filter(({ id, atMs }) => id !== current.id && atMs <= current.atMs).toReversed();
  const verdicts = history.versions.filter(({ pipeline }) => pipeline === entry.pipeline);
  return versionChoices(current.version, [...known, ...named], earlier, verdicts, target);
}

/**
 * Where the current deployment stands, with the version a rollback goes to: a person's choice, else the last that was
 * healthy, else the one before, else the newest that the platform knows.
 */
export function aimedLineage(entry: PipelineEntry, history: ActHistory, wish: Wish | null): Lineage {
  const lineage = lineageOf(entry.judge, history);
  const { current } = entry.judge.timeline;
  if (current === null) return lineage;
  const told = lineage.previous ?? newestFindings(entry, current.id)?.versions[0]?.version ?? null;
  const usual = lastHealthy(history.versions, entry.pipeline, current.version) ?? told;
  return { ...lineage, target: wish?.toVersion ?? usual };
}

const NOTHING_MORE = { deployedAtMs: null, by: null, change: null, commit: null } as const;
