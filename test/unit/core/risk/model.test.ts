import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelCard } from '../../../../src/core/risk/card.ts';
import { modelChecksum } from '../../../../src/core/risk/model-check.ts';
import type { RiskModelFile } from '../../../../src/core/risk/model-file.ts';
import type { RiskModel } from '../../../../src/core/risk/model.ts';
import { loadModel, predictRisk } from '../../../../src/core/risk/model.ts';

const root = new URL('../../../../', import.meta.url).pathname;
const text = readFileSync(`${root}models/deployment-risk.json`, 'utf8');
const lines = readFileSync(`${root}deployment_features.csv`, 'utf8').trim().split('\n');
const header = lines[0]!.split(',');

function features(pipeline: string): Record<string, number> {
  const row = lines.find((line) => line.startsWith(`${pipeline},`))!.split(',');
  return Object.fromEntries(header.slice(1).map((name, i) => [name, Number(row[i + 1])]));
}

function changed(change: (file: Record<string, unknown>) => void, seal = false): unknown {
  const file = JSON.parse(text) as Record<string, unknown>;
  change(file);
  if (seal) {
    delete file['checksum'];
    file['checksum'] = modelChecksum(file);
  }
  return file;
}

describe('the shipped sample model', () => {
  let model: RiskModel;
  beforeAll(() => {
    model = loadModel(JSON.parse(text));
  });

  it('calls the healthy pipeline LOW and the risky one HIGH', () => {
    const healthy = predictRisk(model, features('pipe-xyz123'));
    const risky = predictRisk(model, features('pipe-risky456'));
    expect([healthy.label, risky.label]).toEqual(['LOW', 'HIGH']);
    expect(risky.probability).toBeGreaterThan(1.5 * model.file.baseRate);
    expect(healthy.probability).toBeLessThan(model.file.baseRate);
  });

  it('explains: bias and contributions sum to the log odds of the probability, largest first', () => {
    for (const line of lines.slice(1)) {
      const risk = predictRisk(model, features(line.split(',')[0]!));
      const sum = risk.reasons.reduce((total, reason) => total + reason.contribution, risk.bias);
      expect(Math.abs(sum - risk.rawScore)).toBeLessThan(1e-9);
      expect(risk.probability).toBeCloseTo(1 / (1 + Math.exp(-risk.rawScore)), 12);
      const sizes = risk.reasons.map((reason) => Math.abs(reason.contribution));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });

  it('does not let the failed tasks decide', () => {
    const clean = predictRisk(model, { ...features('pipe-xyz123'), num_failed_tasks: 1 });
    expect(clean.label).toBe('LOW');
    const risky = predictRisk(model, { ...features('pipe-risky456'), num_failed_tasks: 0 });
    expect(risky.probability).toBeGreaterThan(model.file.baseRate);
  });

  it('has a card that is the one shipped', () => {
    expect(modelCard(model.file)).toBe(readFileSync(`${root}models/deployment-risk.md`, 'utf8'));
  });

  it('takes a missing value but not a missing feature', () => {
    const known = features('pipe-xyz123');
    expect(
      predictRisk(model, { ...known, num_stages: null }).reasons.find((r) => r.feature === 'num_stages'),
    ).toMatchObject({ value: null, text: 'num_stages is not known' });
    const { num_stages: _, ...without } = known;
    expect(() => predictRisk(model, without)).toThrow(
      /expects the features num_tasks.*found num_tasks.*missing num_stages/,
    );
    expect(() => predictRisk(model, { ...known, num_stages: 'three' })).toThrow(
      /"num_stages" must be a number; found "three"/,
    );
  });
});

describe('loadModel refuses', () => {
  it.each([
    ['something else', () => [1, 2], 'not-a-model', /expected "format": "rollwatch-risk-model"; found \[1,2\]/],
    ['null', () => null, 'not-a-model', /found null/],
    ['another version', () => changed((file) => (file['schemaVersion'] = 9)), 'other-version', /expected 1; found 9/],
    ['a changed number', () => changed((file) => (file['baseRate'] = 0.5)), 'corrupted', /checksum/],
    [
      'a lost field',
      () => changed((file) => delete file['members'], true),
      'corrupted',
      /"members" is damaged: found nothing/,
    ],
    [
      'an unknown engine',
      () => changed((file) => (file['engine'] = 'oracle'), true),
      'corrupted',
      /"engine".*"oracle"/,
    ],
    [
      'a forest over other features',
      () => changed((file) => (file['features'] = (file['features'] as unknown[]).slice(0, 2)), true),
      'corrupted',
      /damaged/,
    ],
  ])('%s', (_, make, code, message) => {
    expect(() => loadModel(make())).toThrow(message);
    expect(() => loadModel(make())).toThrow(expect.objectContaining({ code }));
  });

  it('never a model it wrote itself', () => {
    expect(loadModel(JSON.parse(text)).file satisfies RiskModelFile).toMatchObject({ schemaVersion: 1 });
  });
});
