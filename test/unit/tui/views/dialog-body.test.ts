import { describe, expect, it } from 'vitest';
import { pipeline, plan, proposal, riskWithPast, snapshot } from '../../../fakes/snapshots.ts';
import { foreseen } from '../../../fakes/warnings.ts';
import { lineWidth, plainText } from '../../../../src/tui/format/line.ts';
import { argvText } from '../../../../src/tui/views/argv.ts';
import { dialogBody, proposalFingerprint } from '../../../../src/tui/views/dialog-body.ts';
import { evidenceSentence } from '../../../../src/tui/views/evidence-text.ts';
import type { Evidence } from '../../../../src/core/model/verdict.ts';
import type { Proposal } from '../../../../src/core/model/rollback.ts';

function body(change: Partial<Proposal> = {}, columns = 100): string {
  return dialogBody(proposal(change), snapshot(), columns).map(plainText).join('\n');
}

describe('what is to be read before yes', () => {
  it.each([
    ['the exact command', '/opt/deploy/rollback.sh --service checkout --to v411'],
    ['where it runs', 'in /opt/deploy · timeout 2 min'],
    ['the target with its identity', 'shell:app-3:/opt/deploy:checkout'],
    ['both versions', 'v412 → v411'],
    ['the evidence', 'rt 912 ms (expected 120–210), 31 σ'],
    ['the risk', 'HIGH 78 %'],
    ['the environment', 'ROLLWATCH_TO=v411'],
    ['how it is verified', 'waits for health ≥ 80 for 2 min'],
    ['what is not undone', 'migration 0042_add_index.sql'],
  ])('has %s', (_, text) => {
    expect(body()).toContain(text);
  });

  it('has similar deployments and how far the model can be believed', () => {
    const text = body({ risk: riskWithPast(0.78) });
    expect(text).toContain('similar    2 of 3 went bad: checkout v398 bad on 2026-01-03');
    expect(text).toContain('model      AUC 0.72 (0.63–0.81) on 240 deployments here, 48 bad');
    expect(body({ risk: null })).not.toContain('similar');
  });

  it('has a limit that is on its way, with the time it was seen to be', () => {
    const { predicted = [] } = foreseen(pipeline('checkout')).verdict;
    const forecast = 'memory_usage reaches 90 % in 14 min (9–22), as of 14:04:23';
    expect(body({ because: 'predicted', evidence: [], predicted })).toContain(
      `because    nothing has failed yet, but ${forecast}`,
    );
    expect(body({ predicted })).toContain(`forecast   ${forecast}`);
    expect(body({ because: 'human-asked', evidence: [], predicted })).toContain(`forecast   ${forecast}`);
    expect(body()).not.toContain('forecast');
  });

  it('counts what moves together, and all that fails', () => {
    const [worst] = proposal().evidence as [Evidence];
    const many = [
      { ...worst, metric: 'a_ms', movesWith: 14 },
      { ...worst, metric: 'b_ms' },
      { ...worst, metric: 'c_ms', movesAlong: 'a_ms' },
    ];
    const text = body({ evidence: many, failing: 20 }, 120);
    expect(text).toMatch(/because {4}a 912 ms .* 3 in a row · 14 more move with it/);
    expect(text).toMatch(/\n {11}b 912 ms/);
    expect(text).not.toContain('c 912 ms');
    expect(text).toMatch(/\n {11}and 4 more\n/);
    expect(evidenceSentence(many, 2, 20)).toBe('a 912 ms (expected 120–210) and 14 with it and 5 more, 3 in a row');
  });

  it('says once that it is a dry run', () => {
    const dry = plan('checkout', { dryRun: true, dryRunBecause: 'nothing is configured' });
    const text = body({ plan: dry, warnings: ['dry run: nothing is configured', 'no traffic metric'] });
    expect(text.match(/nothing is configured/g)).toHaveLength(1);
    expect(text).toContain('warning    no traffic metric');
  });

  it('has every warning and every guard rail that is overridden', () => {
    const text = body({ warnings: ['no traffic metric'], overrides: ['cooldown until 14:20'] });
    expect(text).toContain('warning    no traffic metric');
    expect(text).toContain('overrides  cooldown until 14:20');
  });

  it('hides the values of secrets', () => {
    expect(body()).not.toContain('very-secret');
  });

  it('says DRY RUN first', () => {
    const dry = plan('checkout', { dryRun: true, dryRunBecause: 'nothing is configured' });
    expect(body({ plan: dry })).toMatch(/^DRY RUN {4}nothing will be run: nothing is configured/);
  });

  it('says that nothing is proven without a verify step', () => {
    const verify = { versionCommand: null, verifyCommand: null, healthAtLeast: null, healthForMs: 0, withinMs: 0 };
    expect(body({ plan: plan('checkout', { verify }) })).toContain('can only be "unverified"');
  });

  it.each([36, 50, 76, 106])('wraps at %i columns and cuts nothing', (columns) => {
    const lines = dialogBody(proposal(), snapshot(), columns);
    for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
    const squeezed = lines
      .map((line) => plainText(line).slice(11))
      .join('')
      .replaceAll(' ', '');
    expect(squeezed).toContain('/opt/deploy/rollback.sh--servicecheckout--tov411');
  });

  it('makes control characters in an argument visible', () => {
    const base = plan();
    const command = { ...base.steps[0]!.command, argv: ['/bin/x', 'a\u001b[2Jb'] };
    expect(body({ plan: { ...base, steps: [{ index: 0, text: '', command }] } })).toContain("'a\\x1b[2Jb'");
  });
});

it.each([
  [['/bin/x', '--to=v1'], '/bin/x --to=v1'],
  [['/bin/x', 'two words', ''], "/bin/x 'two words' ''"],
  [['/bin/x', "it's"], "/bin/x 'it'\\''s'"],
])('writes %j as %s', (argv, text) => {
  expect(argvText(argv)).toBe(text);
});

it('tells two proposals apart by anything but the countdown', () => {
  expect(proposalFingerprint(proposal({ held: true, autoAtMs: 5 }))).toBe(proposalFingerprint(proposal()));
  expect(proposalFingerprint(proposal({ warnings: ['x'] }))).not.toBe(proposalFingerprint(proposal()));
});
