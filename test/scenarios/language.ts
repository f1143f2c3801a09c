/** One statement of a scenario: its words, its `name=value` options, and where it stands. */
export interface Statement {
  readonly line: number;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** The text behind the words of an expectation, as written. */
  readonly rest: (from: number) => string;
}

/** One metric of a series, value by value; NaN is a gap. The series ends with its last value. */
export interface MetricPoints {
  readonly metric: string;
  readonly values: readonly number[];
}

/** A log of a scenario. */
export interface SeriesStatement extends Statement {
  readonly metrics: readonly MetricPoints[];
}

/** A scenario taken apart: what holds for all of it, and what happens when. */
export interface Scenario {
  readonly story: string;
  readonly setup: readonly Statement[];
  readonly series: readonly SeriesStatement[];
  readonly moments: readonly { readonly atMs: number; readonly statements: readonly Statement[] }[];
}

/** Reads a scenario. Throws Error with the line for what it does not understand. */
export function parseScenario(text: string): Scenario {
  const lines = text.split('\n');
  const story = /^# (.+)$/.exec(lines[0] ?? '')?.[1];
  if (story === undefined) throw new Error('line 1: the story is missing: "# what happens"');
  const setup: Statement[] = [];
  const series: (SeriesStatement & { metrics: MetricPoints[] })[] = [];
  const moments: { atMs: number; statements: Statement[] }[] = [];
  let inside: 'top' | 'series' | 'at' = 'top';
  for (const [i, raw] of lines.entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line.trim() === '') continue;
    const statement = statementOf(line.trim(), i + 1);
    const [first = '', second = ''] = statement.words;
    if (!line.startsWith(' ')) inside = first === 'series' ? 'series' : first === 'at' ? 'at' : 'top';
    if (!line.startsWith(' ') && first === 'series') series.push({ ...statement, metrics: [] });
    else if (!line.startsWith(' ') && first === 'at') moments.push({ atMs: duration(second, i + 1), statements: [] });
    else if (inside === 'series') series.at(-1)?.metrics.push(pointsOf(statement));
    else if (inside === 'at') moments.at(-1)?.statements.push(statement);
    else setup.push(statement);
  }
  for (const [i, moment] of moments.entries()) {
    const before = moments[i - 1];
    if (before !== undefined && before.atMs > moment.atMs)
      throw new Error(`${story}: moments are not in order of time`);
  }
  return { story, setup, series, moments };
}

/** Milliseconds of `-1h30m`, `90s`, `0`. */
export function duration(text: string, line: number): number {
  const match = /^([+-])?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text);
  if (match === null || text === '') throw new Error(`line ${line}: "${text}" is not a time like -1h30m or 90s`);
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  const ms = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}

function statementOf(text: string, line: number): Statement {
  const all = text.split(/\s+/);
  const words = all.filter((word) => !/^[a-zA-Z]+=/.test(word));
  const options = all.filter((word) => /^[a-zA-Z]+=/.test(word)).map((word) => word.split(/=(.*)/s).slice(0, 2));
  return {
    line,
    words,
    options: Object.fromEntries(options) as Record<string, string>,
    rest: (from) => all.slice(from).join(' '),
  };
}

function pointsOf({ words, line }: Statement): MetricPoints {
  const [metric = '', ...points] = words;
  const values: number[] = [];
  for (const point of points) {
    if (point === 'stale') break;
    const match = /^(_|-?\d+(?:\.\d+)?)(?:([+~-])(\d+(?:\.\d+)?))?(?:x(\d+))?$/.exec(point);
    if (match === null)
      throw new Error(`line ${line}: "${point}" is not a point like 120~2x30, 1+0.5x10, _x3 or stale`);
    const [, start = '', sign, step = '0', count = '1'] = match;
    for (let i = 0; i < Number(count); i += 1) {
      if (start === '_') values.push(Number.NaN);
      else if (sign === '~') values.push(Number(start) * (1 + (wobble(values.length) * Number(step)) / 100));
      else values.push(Number(start) + (sign === '-' ? -1 : 1) * Number(step) * i);
    }
  }
  return { metric, values };
}

/** −1..1, the same for the same index in every run, without a visible pattern. */
function wobble(index: number): number {
  const x = Math.sin((index + 1) * 12.9898) * 43_758.5453;
  return (x - Math.floor(x)) * 2 - 1;
}
