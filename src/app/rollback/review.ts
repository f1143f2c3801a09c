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
  const unknown = [
    ...(from === null ? [unknownCommit(inquiry.fromVersion, inquiry.fromCommit)] : []),
    ...(to === null ? [unknownCommit(inquiry.toVersion ?? 'the version before', inquiry.toCommit)] : []),
  ];
  if (from === null || to === null) {
    return { doubts: [`migrations and configuration were not looked for: ${unknown.join('; ')}`], versions };
  }
  const paths = await git.paths(to, from);
  if (typeof paths === 'string') return { doubts: [`the difference of the versions could not be read: ${paths}`] };
  const left = reviewChanges(paths, settings).map((one): LeftBehind => ({ ...one, text: visibleText(one.text, 240) }));
  return { left, versions, lookedAt: [`git: ${paths.length} ${paths.length === 1 ? 'file' : 'files'} changed`] };
}

function unknownCommit(version: string, announced: string | null): string {
  const name = visibleText(version, 60);
  if (announced === null) return `no commit is known of ${name}`;
  return `commit ${visibleText(announced.slice(0, 12))} of ${name} is not in the repository`;
}
