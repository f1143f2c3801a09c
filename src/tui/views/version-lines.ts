import type { VersionChoice } from '../../core/model/version-choice.ts';
import type { Line, Span } from '../format/line.ts';
import { span } from '../format/line.ts';
import { fit, visible, width, wrap } from '../format/text.ts';
import { dateTime, shortDuration } from '../format/time.ts';
import type { Tone } from '../theme.ts';

/** Widest that names of versions and people become in the list; the lines under it tell them in full. */
const VERSION_COLUMNS = 24;
const PERSON_COLUMNS = 16;

/** The list of versions, a line each, of `columns`. */
export function versionLines(
  versions: readonly VersionChoice[],
  selected: string | null,
  nowMs: number,
  columns: number,
): readonly Line[] {
  const names = widest(
    versions.map(({ version }) => visible(version)),
    7,
    VERSION_COLUMNS,
  );
  const people =
    columns < 60
      ? 0
      : widest(
          versions.map(({ by }) => visible(by ?? '–')),
          3,
          PERSON_COLUMNS,
        );
  const head: Line = [
    span(`  ${fit('VERSION', names)}  ${fit('AGE', 5)}  ${fit('LAST VERDICT', 12)}  `, 'muted'),
    ...(people === 0 ? [] : [span(`${fit('WHO', people)}  `, 'muted')]),
    span('WHAT CHANGED', 'muted'),
  ];
  const rows = versions.map((one): Line => {
    const isSelected = one.version === selected;
    const change = visible(one.change ?? (one.commit === null ? '–' : `commit ${one.commit.slice(0, 12)}`));
    const used = 2 + names + 2 + 5 + 2 + 12 + 2 + (people === 0 ? 0 : people + 2);
    const parts: Span[] = [
      span(`${isSelected ? '▸' : ' '}${one.isDefault ? '*' : ' '}`, 'act', true),
      { text: fit(visible(one.version), names), tone: 'plain', bold: isSelected, inverse: isSelected },
      span(`  ${fit(ageText(one, nowMs), 5)}  `),
      span(fit(healthWord(one), 12), healthTone(one)),
      span('  '),
      ...(people === 0 ? [] : [span(`${fit(visible(one.by ?? '–'), people)}  `)]),
      span(fit(change, Math.max(0, columns - used))),
    ];
    return parts;
  });
  return [head, ...rows];
}

/** All that is known of one version, wrapped to `columns`. */
export function versionFacts(one: VersionChoice, columns: number): readonly Line[] {
  const deployed =
    one.deployedAtMs === null ? 'when it was deployed is not known' : `deployed ${dateTime(one.deployedAtMs)}`;
  const by = one.by === null ? '' : ` by ${visible(one.by)}`;
  const commit = one.commit === null ? '' : `, commit ${visible(one.commit.slice(0, 12))}`;
  const text = `${visible(one.version)}: ${deployed}${by}${commit}; ${visible(one.change ?? 'what changed is not known')}`;
  const verdict = {
    true: 'Its last verdict was good.',
    false: 'Its last verdict was Failed: a yes to it needs a reason.',
    null: 'It was never judged to an end.',
  }[String(one.healthy) as 'true' | 'false' | 'null'];
  return [
    ...wrap(text, columns).map((line): Line => [span(line)]),
    ...wrap(one.isDefault ? `${verdict} It is the default (*).` : verdict, columns).map((line): Line => [
      span(line, healthTone(one)),
    ]),
  ];
}

function healthWord({ healthy }: VersionChoice): string {
  if (healthy === null) return 'never judged';
  return healthy ? 'healthy' : 'FAILED';
}

function healthTone({ healthy }: VersionChoice): Tone {
  if (healthy === null) return 'muted';
  return healthy ? 'ok' : 'bad';
}

function ageText({ deployedAtMs }: VersionChoice, nowMs: number): string {
  return deployedAtMs === null ? '–' : shortDuration(nowMs - deployedAtMs);
}

function widest(texts: readonly string[], least: number, most: number): number {
  return Math.min(most, Math.max(least, ...texts.map(width)));
}
