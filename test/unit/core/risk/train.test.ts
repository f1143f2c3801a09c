import { describe, expect, it } from 'vitest';
import { adaptModel } from '../../../../src/core/risk/adapt.ts';
import { fitPlatt } from '../../../../src/core/risk/calibration.ts';
import { countPositives, sliceRows } from '../../../../src/core/risk/dataset.ts';
import { findDrift } from '../../../../src/core/risk/drift.ts';
import { evaluateByTime, splitByTime } from '../../../../src/core/risk/evaluate.ts';
import { fitLogistic, logisticScore } from '../../../../src/core/risk/logistic.ts';
import { sigmoid } from '../../../../src/core/risk/logit.ts';
import { calibrationError, prAuc, rocAuc } from '../../../../src/core/risk/metrics.ts';
import { loadModel, predictRisk, probabilities, riskOfRow } from '../../../../src/core/risk/model.ts';
import { standardSettings } from '../../../../src/core/risk/recipe.ts';
import { similarDeployments } from '../../../../src/core/risk/similar.ts';
import { thresholdProbability } from '../../../../src/core/risk/threshold.ts';
import { trainModel } from '../../../../src/core/risk/train.ts';
import { riskData } from '../../../fakes/risk-data.ts';

const IDENTITY = { name: 't', version: '1', source: 's', label: 'l', note: 'n' };
const RULE = { kind: 'share', share: 0.2 } as const;
const train = riskData(2000, 1, 0.1);
const test = riskData(2000, 2, 0.1);

function trained(data = train, engine: 'histogram-forest' | 'ml-random-forest' = 'histogram-forest') {
  return loadModel(
    JSON.parse(JSON.stringify(trainModel(data, null, standardSettings(data, engine, 1), RULE, IDENTITY, null))),
  );
}

describe('trainModel', () => {
  it.each(['histogram-forest', 'ml-random-forest'] as const)('gives a calibrated model with %s', (engine) => {
    const model = trained(train, engine);
    const forecasts = probabilities(model, test.columns);
    expect(rocAuc(forecasts, test.labels)).toBeGreaterThan(0.75);
    expect(calibrationError(forecasts, test.labels)).toBeLessThan(0.05);
  });

  it('explains each forecast of its blend exactly', () => {
    const model = trained();
    for (const row of [Float64Array.of(99, 0.5), Float64Array.of(NaN, 0.1), Float64Array.of(1, NaN)]) {
      const risk = riskOfRow(model, row);
      const sum = risk.reasons.reduce((total, reason) => total + reason.contribution, risk.bias);
      expect(Math.abs(sum - risk.rawScore)).toBeLessThan(1e-9);
      const [forecast] = probabilities(
        model,
        [...row].map((value) => Float64Array.of(value)),
      );
      expect(risk.probability).toBeCloseTo(forecast!, 9);
    }
  });

  it('calls the riskiest fifth HIGH', () => {
    const model = trained();
    const high = probabilities(model, train.columns).filter((p) => p >= model.file.threshold.probability).length;
    expect(high / train.rowCount).toBeCloseTo(0.2, 1);
    expect(predictRisk(model, { size: 99, noise: 0.5 }).label).toBe('HIGH');
    expect(predictRisk(model, { size: 5, noise: 0.5 }).label).toBe('LOW');
  });

  it.each([
    ['ten rows', sliceRows(train, 0, 10), /at least 60 past deployments; found 10/],
    ['one class', { ...train, labels: new Uint8Array(2000) }, /not one bad deployment among 2000/],
    ['the other class', { ...train, labels: new Uint8Array(2000).fill(1) }, /only bad deployments among 2000/],
    [
      'three bad ones',
      { ...train, labels: Uint8Array.from(train.labels, (_, i) => Number(i < 3)) },
      /found 1997 good and 3 bad/,
    ],
  ])('refuses %s', (_, data, message) => {
    expect(() => trainModel(data, null, standardSettings(data, 'histogram-forest', 1), RULE, IDENTITY, null)).toThrow(
      message,
    );
  });

  it('lets the own forest grow beside a prior with the own bad deployments', () => {
    const prior = trained(riskData(1000, 9)).members;
    const share = (rows: number): number => {
      const data = riskData(rows, 3);
      const settings = { ...standardSettings(data, 'histogram-forest', 1), prior };
      const file = trainModel(data, null, settings, RULE, IDENTITY, null);
      return file.members.at(-1)!.weight;
    };
    expect(share(200)).toBeLessThan(share(400));
    expect(share(3000)).toBe(0.5);
  });
});

describe('the split by time', () => {
  it('keeps the embargo free and learns from nothing later', () => {
    const { train: early, test: late } = splitByTime(train, { testShare: 0.3, embargoDays: 14 });
    expect(late.rowCount).toBe(600);
    expect(late.atMs[0]! - early.atMs[early.rowCount - 1]!).toBe(14 * 86_400_000);
    expect(early.rowCount).toBe(1400 - 13);
  });

  it('measures, and says nothing when there is too little', () => {
    const rule = { testShare: 0.3, embargoDays: 14 };
    const settings = standardSettings(train, 'histogram-forest', 1);
    const evaluation = evaluateByTime(train, null, settings, rule)!;
    expect(evaluation.auc.low).toBeLessThan(evaluation.auc.value);
    expect(evaluation.auc.value).toBeGreaterThan(0.7);
    expect(evaluateByTime(sliceRows(train, 0, 60), null, settings, rule)).toBeNull();
  });
});

describe('adaptModel', () => {
  it('brings a model to the base rate of another place', () => {
    const model = trained();
    const rare = { ...test, labels: test.labels.map((label, i) => (i % 4 === 0 ? label : 0)) };
    const here = adaptModel(model, rare);
    const mean = probabilities(here, rare.columns).reduce((sum, p) => sum + p, 0) / rare.rowCount;
    expect(mean).toBeCloseTo(countPositives(rare) / rare.rowCount, 2);
    expect(here.file.baseRate).toBe(countPositives(rare) / rare.rowCount);
    expect(adaptModel(model, sliceRows(rare, 0, 50))).toBe(model);
  });
});

it('finds similar deployments by what the model sees, not by what it ignores', () => {
  const model = trained();
  const found = similarDeployments(model, Float64Array.of(97, 0.5), test, 5);
  for (const { index } of found) expect(test.columns[0]![index]).toBeGreaterThan(75);
  expect(found.map((one) => one.distance)).toEqual(found.map((one) => one.distance).toSorted((a, b) => a - b));
});

it('finds drift in the feature that drifted', () => {
  const { reference } = trained().file;
  const shifted = [test.columns[0]!.map((value) => value + 40), test.columns[1]!];
  expect(findDrift(['size', 'noise'], reference, test.columns)).toEqual([]);
  expect(findDrift(['size', 'noise'], reference, shifted).map((drift) => drift.feature)).toEqual(['size']);
});

describe('logistic regression', () => {
  it('finds the odds ratio of a table', () => {
    // 2x2 table: odds 1/4 without, 1/1 with: ln 4 between them.
    const column = Float64Array.from({ length: 2000 }, (_, i) => i % 2);
    const labels = Uint8Array.from(column, (x, i) => Number(x === 1 ? i % 4 === 1 : i % 10 === 0));
    const model = fitLogistic([column], labels, null, 0);
    const difference = logisticScore(model, Float64Array.of(1)) - logisticScore(model, Float64Array.of(0));
    expect(difference).toBeCloseTo(Math.log(4), 6);
  });

  it('stays at its prior where there is nothing to learn from', () => {
    const prior = fitLogistic(train.columns, train.labels, null, 1);
    const few = sliceRows(test, 0, 3);
    const tuned = fitLogistic(few.columns, few.labels, null, 1e9, prior);
    tuned.terms.forEach((term, f) => expect(term.coefficient).toBeCloseTo(prior.terms[f]!.coefficient, 4));
  });
});

it('fits Platt to scores of the wrong scale', () => {
  const scores = Float64Array.from({ length: 4000 }, (_, i) => (i / 4000) * 12 - 6);
  const labels = Uint8Array.from(scores, (score, i) => Number((i * 7919) % 4000 < 4000 * sigmoid(score / 3 - 1)));
  const { slope, intercept } = fitPlatt(scores, labels);
  expect(slope).toBeCloseTo(1 / 3, 1);
  expect(intercept).toBeCloseTo(-1, 1);
});

describe('measures', () => {
  const labels = Uint8Array.of(0, 0, 1, 1);
  it('count ties half', () => {
    expect(rocAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), labels)).toBe(0.75);
    expect(rocAuc(Float64Array.of(1, 1, 1, 1), labels)).toBe(0.5);
    expect(prAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), labels)).toBeCloseTo(0.8333, 4);
    expect(prAuc(Float64Array.of(1, 1, 1, 1), labels)).toBe(0.5);
  });

  it('put the threshold where rule and forecasts say', () => {
    const forecasts = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    expect(thresholdProbability({ kind: 'share', share: 0.1 }, forecasts)).toBe(0.9);
    expect(thresholdProbability({ kind: 'cost', missed: 9 }, forecasts)).toBe(0.1);
    expect(() => thresholdProbability({ kind: 'share', share: 2 }, forecasts)).toThrow(/between 0 and 1; found 2/);
  });
});
