import { reviewChanges, type ReviewPatterns } from '../../core/decide/review.ts';
import type { Inquiry, LeftBehind } from '../../core/model/findings.ts';
import { visibleText } from '../../core/model/visible.ts';
import { createGit, type GitSettings } from './git.ts';
import type { Partly } from './partly.ts';

/** Where the changes of a deployment are looked up, and which paths tell of what a rollback leaves. */
export interface ReviewSettings extends GitSettings, ReviewPatterns {}

/** Looks into the difference between the commits of both versions; `changes` tells of the versions to choose from. */
export async function review(settings: ReviewSettings, inquiry: Inquiry): Promise<Partly> {
  const git = createGit(settings);
  const problem = await git.problem();
  if (problem !== null) return { doubts: [`migrations and configuration were not looked for: ${problem}`] };
  const [from, to] = [
    await git.commitOf(inquiry.fromVersion, inquiry.fromCommit),
    inquiry.toVersion === null ? null : await git.commitOf(inquiry.toVersion, inquiry.toCommit),
  ];
  const versions = from === null ? [] : await git.changes(from, inquiry.versions);
  if (from === null || to === null) {
    const unknown = [from === null ? [inquiry.fromVersion] : [], to === null ? [inquiry.toVersion ?? 'before'] : []];
    const names = unknown.flat().map((name) => visibleText(name, 60));
    return {
      doubts: [`migrations and configuration were not looked for: no commit is known of ${names.join(' and ')}`],
      versions,
    };
  }
  const paths = await git.paths(to, from);
  if (typeof paths === 'string') return { doubts: [`the difference of the versions could not be read: ${paths}`] };
  const left = reviewChanges(paths, settings).map((one): LeftBehind => ({ ...one, text: visibleText(one.text, 240) }));
  return { left, versions, lookedAt: [`git: ${paths.length} ${paths.length === 1 ? 'file' : 'files'} changed`] };
}
