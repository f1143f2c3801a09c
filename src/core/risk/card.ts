import type { RiskModelFile } from './model-file.ts';

/** The model card as Markdown: what it is, what it learned from, how well it does, when not to trust it. */
export function modelCard(file: RiskModelFile): string {
  const { training, evaluation } = file;
  const forests = file.members.map((member) =>
    member.kind === 'forest'
      ? `${member.forest.trees} trees (${file.engine}), share ${rounded(member.weight)}`
      : `logistic regression, share ${rounded(member.weight)}`,
  );
  const lines = [
    `# ${file.name} ${file.version}`,
    '',
    training.note,
    '',
    '| | |',
    '|---|---|',
    `| Predicts | ${training.label} |`,
    `| Learned from | ${training.source} |`,
    `| Rows | ${training.rows}, of which ${training.positives} positive (base rate ${percent(file.baseRate)}) |`,
    ...(training.toMs > 0 ? [`| Time | ${day(training.fromMs)} to ${day(training.toMs)} |`] : []),
    `| Model | ${forests.join('; ')}; Platt calibration |`,
    `| HIGH from | ${percent(file.threshold.probability)} (${ruleText(file)}) |`,
    `| Seed | ${training.seed} |`,
    `| Checksum | ${file.checksum} |`,
    '',
    '## How well it does',
    '',
  ];
  if (evaluation === null) lines.push('Not measured: too few deployments to hold some back.');
  else {
    lines.push(
      `Held back: ${evaluation.protocol}. ${evaluation.rows} deployments, ${evaluation.positives} positive.`,
      '',
      '| measure | value |',
      '|---|---|',
      `| ROC-AUC | ${evaluation.auc.value} (95 % interval ${evaluation.auc.low} to ${evaluation.auc.high}) |`,
      `| PR-AUC | ${evaluation.prAuc} (base rate ${rounded(evaluation.positives / evaluation.rows)}) |`,
      `| Brier score | ${evaluation.brier} |`,
      `| Calibration error (10 bins) | ${evaluation.ece} |`,
    );
  }
  lines.push('', '## Features', '', ...file.features.map((feature) => `- \`${feature.name}\` (${feature.kind})`), '');
  return lines.join('\n');
}

function ruleText(file: RiskModelFile): string {
  const { rule } = file.threshold;
  return rule.kind === 'share'
    ? `the riskiest ${percent(rule.share)} of the training data`
    : `a miss costs ${rule.missed} times a needless alarm`;
}

function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Date of a Unix time, UTC, by Howard Hinnant's days-to-civil algorithm (core knows no Date). */
function day(atMs: number): string {
  const shifted = Math.floor(atMs / 86_400_000) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}
