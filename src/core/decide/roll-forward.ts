import type { LeftKind, RollForward } from '../model/findings.ts';
import { durationText } from '../model/time.ts';
import { visibleText } from '../model/visible.ts';

/** What the offer to roll forward follows from. */
export interface ForwardSituation {
  readonly nowMs: number;
  /** The version a rollback would go to; null when none is known. */
  readonly target: string | null;
  /** Its last verdict; null when it was never judged to an end. */
  readonly targetHealthy: boolean | null;
  readonly left: readonly LeftKind[];
  readonly commit: string | null;
  /** A newer version of the same service that is well in another environment. */
  readonly fix: FixElsewhere | null;
  /** What a hook says for rolling forward. */
  readonly said: readonly string[];
}

/** A version of the same service, newer than the one that serves here, without a failure elsewhere. */
export interface FixElsewhere {
  readonly version: string;
  readonly pipeline: string;
  readonly environment: string | null;
  readonly sinceMs: number;
}

/** One line of the table: when going on is the better way, and in which words it is offered. */
export interface ForwardRule {
  readonly name: string;
  readonly fits: (situation: ForwardSituation) => boolean;
  readonly texts: (situation: ForwardSituation) => readonly string[];
}

/** The table; every line that fits is offered, in this order. */
export const FORWARD_RULES: readonly ForwardRule[] = [
  {
    name: 'fix-elsewhere',
    fits: ({ fix }) => fix !== null,
    texts: ({ fix, nowMs }) =>
      fix === null
        ? []
        : [
            `deploy ${visibleText(fix.version, 60)}: it is newer and has been healthy in ${place(fix)} for ${durationText(nowMs - fix.sinceMs)}`,
          ],
  },
  {
    name: 'irreversible',
    fits: ({ left }) => left.includes('migrations'),
    texts: () => ['a fix on top: the data stays migrated, and the earlier version was not written for it'],
  },
  {
    name: 'gitops',
    fits: ({ left }) => left.includes('self-heal'),
    texts: ({ commit }) => [
      `revert ${commit === null ? 'the commit' : `commit ${visibleText(commit.slice(0, 12))}`} in the repository the platform follows: what is changed here is put back`,
    ],
  },
  {
    name: 'earlier-was-bad',
    fits: ({ targetHealthy }) => targetHealthy === false,
    texts: ({ target }) => [
      `a fix on top: the last verdict of ${visibleText(target ?? '', 60)} was Failed, so going back may change nothing`,
    ],
  },
  {
    name: 'said',
    fits: ({ said }) => said.length > 0,
    texts: ({ said }) => said.map((text) => visibleText(text, 240)),
  },
];

/** Ways on instead of back, the best first; empty where a rollback is the better way. */
export function rollForward(
  situation: ForwardSituation,
  rules: readonly ForwardRule[] = FORWARD_RULES,
): readonly RollForward[] {
  return rules.flatMap((rule) =>
    rule.fits(situation) ? rule.texts(situation).map((text) => ({ rule: rule.name, text })) : [],
  );
}

function place({ environment, pipeline }: FixElsewhere): string {
  return visibleText(environment === null ? pipeline : `${environment} (${pipeline})`, 80);
}
