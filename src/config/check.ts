import type { MetricSpec } from '../core/model/metric.ts';
import { specOf } from '../core/series/metric-spec.ts';
import { formatDuration } from './duration.ts';
import type { ConfigDocument } from './document.ts';
import { groupFaults } from './groups.ts';
import { knownWords } from './did-you-mean.ts';
import { environmentOf, layersFor } from './layers.ts';
import { overlay } from './metric-specs.ts';
import { keyText, type ConfigProblem } from './problem.ts';
import { quantityIn } from './quantity.ts';
import { resolve } from './resolve.ts';
import type { ConfigFile, SettingsLayer } from './schema.ts';

type Path = readonly PropertyKey[];
type Report = (severity: ConfigProblem['severity'], path: Path, message: string, fix: string | null) => void;

/** Rules between keys: what can never be reached, names that nothing declares, limits that do not fit their metric. */
export function crossChecks(file: ConfigFile, document: ConfigDocument): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report: Report = (severity, path, message, fix) => {
    problems.push({ severity, path: document.path, ...document.valueAt(path), key: keyText(path), message, fix });
  };
  for (const [prefix, layer] of layersOf(file)) {
    checkMetrics(prefix, layer.metrics ?? {}, report);
    checkFreeze(prefix, layer, report);
    checkDetectors(prefix, layer, report);
  }
  checkEnvironments(file, report);
  checkReach(file, document, report);
  checkGroups(file, report);
  if (file.stateDir !== undefined && !file.stateDir.startsWith('/')) {
    report('error', ['stateDir'], `expected an absolute path, found "${file.stateDir}"`, 'begin it with /');
  }
  return problems;
}

function layersOf(file: ConfigFile): readonly (readonly [Path, SettingsLayer])[] {
  return [
    [[], file],
    ...Object.entries(file.environments ?? {}).map(([name, layer]) => [['environments', name], layer] as const),
    ...(file.pipelines ?? []).map((layer, index) => [['pipelines', index], layer] as const),
  ];
}

function checkMetrics(prefix: Path, metrics: NonNullable<SettingsLayer['metrics']>, report: Report): void {
  for (const [name, given] of Object.entries(metrics)) {
    if (given.limit === undefined || given.limit === 'none') continue;
    const path = [...prefix, 'metrics', name, 'limit'];
    const unit = given.unit ?? specOf(name).unit;
    const result = quantityIn(unit, given.limit);
    if ('problem' in result) {
      const fix = unit === 'none' ? "say the metric's `unit:` beside it" : `write it in ${unit}, or as a plain number`;
      report('error', path, `the limit ${JSON.stringify(given.limit)} ${result.problem}`, fix);
    } else {
      checkReachable(path, overlay(specOf(name), given), report);
    }
  }
}

/** A limit outside what its unit can take never fires: most often a ratio written as percent or the reverse. */
function checkReachable(path: Path, spec: MetricSpec, report: Report): void {
  const { unit, limit, worse } = spec;
  if (limit === null) return;
  const top = unit === 'percent' ? 100 : unit === 'ratio' ? 1 : Number.POSITIVE_INFINITY;
  const bottom = unit === 'none' ? Number.NEGATIVE_INFINITY : 0;
  if (worse !== 'down' && limit >= top) {
    report(
      'warning',
      path,
      `${limit} can never be exceeded: the metric is a ${unit}, at most ${top}`,
      'lower it, or say another `unit:`',
    );
  }
  if (worse === 'down' && limit <= bottom) {
    report('warning', path, `nothing can be below ${limit}: the metric is in ${unit}, at least ${bottom}`, 'raise it');
  }
}

function checkFreeze(prefix: Path, layer: SettingsLayer, report: Report): void {
  for (const [index, window] of (layer.freeze ?? []).entries()) {
    if (window.from !== window.to) continue;
    report(
      'error',
      [...prefix, 'freeze', index, 'to'],
      'the window ends when it begins: it would never apply',
      'give another time',
    );
  }
}

function checkDetectors(prefix: Path, layer: SettingsLayer, report: Report): void {
  const given = layer.analysis?.detectors;
  if (given === undefined || Object.keys(given).length > 0) return;
  report(
    'error',
    [...prefix, 'analysis', 'detectors'],
    'no detector is named: nothing would ever be anomalous',
    'name one, or leave the key out',
  );
}

function checkEnvironments(file: ConfigFile, report: Report): void {
  const declared = Object.keys(file.environments ?? {});
  for (const [index, entry] of (file.pipelines ?? []).entries()) {
    if (entry.environment === undefined || declared.includes(entry.environment)) continue;
    const hint =
      declared.length === 0
        ? `add \`environments: {${entry.environment}: {}}\``
        : knownWords(entry.environment, declared);
    report(
      'error',
      ['pipelines', index, 'environment'],
      `the environment "${entry.environment}" is not declared`,
      hint,
    );
  }
}

function checkGroups(file: ConfigFile, report: Report): void {
  for (const [index, group] of (file.groups ?? []).entries()) {
    for (const { key, message, fix } of groupFaults(group)) report('error', ['groups', index, ...key], message, fix);
    if ((file.groups ?? []).findIndex(({ name }) => name === group.name) === index) continue;
    report('error', ['groups', index, 'name'], `"${group.name}" is the name of two groups`, 'give another name');
  }
}

/** Judges each combination of layers that the file itself names: the top, each environment, each pipeline entry. */
function checkReach(file: ConfigFile, document: ConfigDocument, report: Report): void {
  const parsed = { file, document };
  const outside = { policy: null, modeCap: null };
  for (const [prefix, layer] of layersOf(file)) {
    // What a layer inherits is reported where it is written.
    if (layer.analysis === undefined && layer.guards === undefined) continue;
    const pipeline = prefix[0] === 'pipelines' ? (file.pipelines?.[Number(prefix[1])]?.match ?? '') : '';
    const announced = prefix[0] === 'environments' ? String(prefix[1]) : null;
    const environment = environmentOf(parsed, pipeline, announced);
    const { analysis, policy } = resolve(layersFor(parsed, pipeline, environment.name), environment, outside);
    const [warmUp, duration] = [analysis.warmUpMs.value, analysis.analysisMs.value];
    if (warmUp >= duration) {
      const found = `the warm-up of ${formatDuration(warmUp)} is not shorter than the analysis of ${formatDuration(duration)}`;
      report(
        'error',
        [...prefix, 'analysis'],
        `${found}: nothing would ever be judged`,
        'shorten warmUp or lengthen duration',
      );
    }
    if (policy.autoCountdownMs.value >= policy.proposalExpiresMs.value) {
      const found = `the countdown of ${formatDuration(policy.autoCountdownMs.value)} does not end before the proposal expires`;
      report('error', [...prefix, 'guards'], found, 'shorten autoCountdown or lengthen proposalExpires');
    }
  }
}
