import type { Spark } from '../../core/session/snapshot.ts';
import type { Column } from './fleet-columns.ts';
import { briefVersion, environmentText, versionText } from './fleet-columns.ts';
import type { FleetItem } from './pipeline-look.ts';
import { asOfMs, byUrgency } from './pipeline-look.ts';
import type { Line } from '../format/line.ts';
import type { Tone } from '../theme.ts';
import { LOOKS } from '../theme.ts';
import { fitLine, span } from '../format/line.ts';
import { fit, visible, width } from '../format/text.ts';
import { metricHeading, percentText, shortMetric, shortValue, unitSign } from '../format/value.ts';
import { shortDuration } from '../format/time.ts';
import { sparkFlag, sparkline } from '../format/spark.ts';
import type { ShownMetrics } from './verdict-line.ts';
import { verdictLine } from './verdict-line.ts';

/** What a cell needs besides its pipeline. */
export interface CellContext {
  readonly nowMs: number;
  readonly selected: boolean;
  /** The metrics that are shown beside the verdict. */
  readonly shown: ShownMetrics;
}

/** Heading of a column, filled to its width. */
export function columnHeading(column: Column): string {
  switch (column.kind) {
    case 'mark':
      return '  ';
    case 'name':
      return fit('pipeline', column.width);
    case 'environment':
      return fit('env', column.width);
    case 'metric':
      return fit(`${metricHeading(column.spec.name, column.spec.unit, column.width - 1)} `, column.width, 'right');
    case 'age':
    case 'health':
      return fit(column.kind, column.width, 'right');
    case 'spark':
      return fit(column.index === 0 ? 'worst metric' : column.index === 1 ? 'next metrics' : '', column.width);
    case 'version':
    case 'risk':
    case 'verdict':
      return fit(column.kind, column.width);
  }
}

/** One cell of the table, cut and filled to the width of its column. */
export function fleetCell(item: FleetItem, column: Column, context: CellContext): Line {
  return fitLine(content(item, column, context), column.width);
}

function content(item: FleetItem, column: Column, context: CellContext): Line {
  const { view, look } = item;
  const { deployment, risk } = view;
  switch (column.kind) {
    case 'mark':
      return [span(context.selected ? '▸' : ' ', 'act', true), span(LOOKS[look].mark, LOOKS[look].tone, true)];
    case 'name':
      return [{ text: fit(visible(view.pipeline), column.width), bold: context.selected, inverse: context.selected }];
    case 'environment':
      return [span(environmentText(view, column.width > 6), view.environment === null ? 'muted' : 'plain')];
    case 'version':
      return versionLine(item, column.width);
    case 'age':
      return [
        span(
          fit(
            deployment === null ? '–' : shortDuration(asOfMs(view, context.nowMs) - deployment.atMs),
            column.width,
            'right',
          ),
          'muted',
        ),
      ];
    case 'health':
      return healthLine(item, column.width);
    case 'risk':
      if (risk === null) return [span('–', 'muted')];
      return [
        span(fit(risk.label, 4), risk.label === 'HIGH' ? 'bad' : 'muted', risk.label === 'HIGH'),
        span(fit(percentText(risk.probability), 5, 'right')),
      ];
    case 'metric':
      return metricLine(
        view.sparks.find((spark) => spark.spec.name === column.spec.name),
        column.width,
      );
    case 'spark':
      return sparkCell(byUrgency(item.view)[column.index], column.width);
    case 'verdict':
      return verdictLine(item, context.nowMs, context.shown, column.width);
  }
}

function versionLine({ view }: FleetItem, columns: number): Line {
  const { version, previous } = versionText(view);
  if (view.deployment === null) return [span(version, 'muted')];
  if (width(version + previous) <= columns) return [span(version), span(previous, 'muted')];
  // Without room for the version before, what was put back is still marked.
  return [span(briefVersion(view))];
}

function healthLine({ view }: FleetItem, columns: number): Line {
  const { value, confidence } = view.verdict.health;
  if (value === null) return [span(fit('–', columns, 'right'), 'muted')];
  const text = `${confidence < 0.75 ? '≈' : ''}${Math.round(value)}`;
  return [span(fit(text, columns, 'right'), healthTone(value), value < 80)];
}

/** Colour of a health score: below 50 bad, below 80 a warning. */
export function healthTone(health: number): Tone {
  if (health < 50) return 'bad';
  return health < 80 ? 'warn' : 'ok';
}

function metricLine(spark: Spark | undefined, columns: number): Line {
  if (spark === undefined) return [span(fit('–', columns - 1, 'right'), 'muted')];
  const flag = sparkFlag(spark);
  const value = fit(shortValue(spark.latest, spark.spec.unit), 4, 'right');
  return [...sparkline(spark, columns - 6), ...flaggedValue(` ${value}`, flag)];
}

function sparkCell(spark: Spark | undefined, columns: number): Line {
  if (spark === undefined) return [];
  const flag = sparkFlag(spark);
  const value = fit(glued(spark), 6, 'right');
  const short = shortMetric(spark.spec.name);
  // Of a long name four letters say nothing: there it takes the room of the line.
  const usual = columns >= 26 ? 8 : columns >= 18 ? 6 : 4;
  const nameColumns = columns < 18 && width(short) > 6 ? columns - value.length - 2 : usual;
  const name = `${fit(short, nameColumns)} `;
  return [span(name), ...sparkline(spark, columns - width(name) - value.length - 1), ...flaggedValue(value, flag)];
}

function flaggedValue(value: string, flag: string): Line {
  return [span(value, flag === ' ' ? 'plain' : 'bad', flag !== ' '), span(flag, 'bad', true)];
}

// `912ms`, `4.8%`: as short as it can be said with its unit.
function glued({ latest, spec }: Spark): string {
  const value = shortValue(latest, spec.unit);
  const sign = spec.unit === 'ratio' || spec.unit === 'bytes' || latest === null ? '' : unitSign(spec.unit);
  return value.length + sign.length > 5 ? value : value + sign;
}
