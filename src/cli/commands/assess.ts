import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { AssessReport } from '../../app/assess.ts';
import type { PolicyName } from '../../core/model/decision.ts';
import type { AssessMethod } from '../../core/judge/assess.ts';
import { decisionSentence } from '../../core/session/event-sentence.ts';
import { outcomeOf } from '../../core/session/outcome.ts';
import { addExamples } from '../examples.ts';
import { exitCodeOf } from '../exit-code.ts';
import { policyOption } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';

interface AssessFlags {
  readonly pipeline: string;
  readonly model?: string;
  readonly features?: string;
  readonly metrics?: string;
  readonly method: AssessMethod;
  readonly policy: PolicyName;
  readonly json?: boolean;
}

/** `rollwatch assess`: features and metrics of one pipeline to a decision, once. */
export function addAssess(program: Command, frame: Frame): void {
  const methods: readonly AssessMethod[] = ['threshold', 'zscore'];
  const command = program
    .command('assess')
    .description('judge one pipeline once: risk from its features, anomalies in its log, a decision')
    .requiredOption('--pipeline <id>', 'pipeline to assess')
    .option('--model <file>', 'risk model; the shipped one if not given')
    .option('--features <file>', 'deployment features (default: deployment_features.csv, if it is there)')
    .option('--metrics <file>', 'metric log (default: its log in monitor_logs or the configured sources)')
    .addOption(new Option('--method <name>', 'how anomalies are found').choices(methods).default('threshold'))
    .addOption(policyOption('how it is decided').default('seed'))
    .option('--json', 'print the report as JSON');
  command.action(action(frame, () => run(frame, command)));
  addExamples(command, [
    'rollwatch assess --pipeline pipe-risky456 --json',
    'rollwatch assess --pipeline checkout --policy guarded --metrics /var/log/app/checkout.csv',
  ]);
}

async function run(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<AssessFlags>();
  const { cwd, clock, packageRoot } = frame.context;
  const config = await loadFor(frame, command, { policy: flags.policy });
  const { assess } = await import('../../app/assess.ts');
  const report = assess({
    pipeline: flags.pipeline,
    modelPath: flags.model ?? join(packageRoot, 'models', 'deployment-risk.json'),
    featuresPath: flags.features ?? null,
    metricsPath: flags.metrics ?? null,
    method: flags.method,
    config,
    cwd,
    nowMs: clock.nowMs(),
  });
  if (flags.json === true) printJson(frame, assessJson(report));
  else print(frame, ...assessLines(report));
  return exitCodeOf(outcomeOf({ phase: report.phase, decision: report.decision.kind, execution: null }));
}

/** The report as documented: `schemaVersion` grows with every change that is not an addition. */
function assessJson({ pipeline, phase, risk, anomaly, decision, notes }: AssessReport): unknown {
  return {
    schemaVersion: 1,
    pipeline,
    phase,
    risk: risk === null ? null : { label: risk.label, probability: risk.probability },
    anomaly,
    decision: decision.kind,
    reason: [decision.text, ...notes].join('; '),
  };
}

function assessLines({ pipeline, phase, risk, anomaly, decision, notes }: AssessReport): readonly string[] {
  const riskLine =
    risk === null ? 'none' : `${risk.label} ${percent(risk.probability)} (base rate ${percent(risk.baseRate)})`;
  return [
    `pipeline  ${pipeline}`,
    `risk      ${riskLine}`,
    ...(risk?.reasons
      .slice(0, 3)
      .map((one) => `          ${one.contribution < 0 ? 'lowers' : 'raises'} it: ${one.text}`) ?? []),
    ...(risk?.reliability === undefined ? [] : [`          model: ${risk.reliability}`]),
    `metrics   ${phase}, ${anomaly.detected ? 'anomalies' : 'no anomaly'} by ${anomaly.method}`,
    ...anomaly.metrics.map(
      ({ metric, count, first, worst, threshold }) =>
        `          ${metric}: ${count} rows since ${first ?? 'the start'}, worst ${round(worst)}, limit ${round(threshold)}`,
    ),
    `decision  ${decisionSentence(decision)}`,
    ...notes.map((note) => `note      ${note}`),
  ];
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}
