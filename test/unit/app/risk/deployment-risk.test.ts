import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDeploymentRisk, riskPlaces } from '../../../../src/app/risk/deployment-risk.ts';
import type { Deployment } from '../../../../src/core/model/deployment.ts';
import type { SessionEvent, StampedEvent } from '../../../../src/core/session/event.ts';
import { StoreError } from '../../../../src/store/store-error.ts';
import { deployment, T0 } from '../../../builders/judging.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = temporaryFolder();

const DAYS = { deploy_day_1: 0, deploy_day_2: 1, deploy_day_3: 0, deploy_day_4: 0, deploy_day_5: 0, deploy_day_6: 0 };
const SMALL = { num_tasks: 4, num_failed_tasks: 0, num_stages: 3, deploy_hour: 9, is_feature_branch: 0, ...DAYS };
const LARGE = { ...SMALL, num_tasks: 31, num_failed_tasks: 4, num_stages: 6, deploy_hour: 22, is_feature_branch: 1 };
const DAY_MS = 86_400_000;

/** A past deployment and what it was judged. */
function past(version: string, daysAgo: number, features: Deployment['features'], phase: string): SessionEvent[] {
  const one = deployment({ version, atMs: T0 - daysAgo * DAY_MS, features });
  const verdict = { type: 'verdict-changed', verdict: { deploymentId: one.id, phase } };
  return [{ type: 'deployment-observed', deployment: one, risk: null }, verdict as SessionEvent];
}

function stamped(events: readonly SessionEvent[]): readonly StampedEvent[] {
  return events.map((event, seq) => ({ seq, atMs: seq, event }));
}

function risks(events: readonly SessionEvent[], troubles: string[] = []) {
  let asked = 0;
  const places = riskPlaces(
    folder.path,
    root,
    () => {
      asked += 1;
      return stamped(events);
    },
    (text) => troubles.push(text),
  );
  return { riskOf: createDeploymentRisk(places), asked: () => asked };
}

describe('createDeploymentRisk', () => {
  it('names similar deployments of the past, nearest first, and none that came later', () => {
    const { riskOf, asked } = risks([
      ...past('v1', 3, SMALL, 'Successful'),
      ...past('v2', 2, LARGE, 'Failed'),
      ...past('v3', 1, { ...SMALL, num_tasks: 5 }, 'Successful'),
      ...past('unknown', 1, LARGE, 'Running'),
      ...past('other', 1, { size: 3 }, 'Failed'),
      ...past('later', -1, LARGE, 'Failed'),
    ]);
    const risk = riskOf(deployment({ version: 'v9', features: LARGE }));
    expect(risk?.similar?.map(({ what, bad }) => [what, bad])).toEqual([
      ['checkout v2', true],
      ['checkout v3', false],
      ['checkout v1', false],
    ]);
    expect(risk?.similar?.[0]?.atMs).toBe(T0 - 2 * DAY_MS);
    expect(riskOf(deployment({ version: 'v9', features: SMALL }))?.similar?.[0]?.what).toBe('checkout v1');
    expect(asked()).toBe(1);
  });

  it('says how well the model did when it was held back, and nothing of likes it does not know', () => {
    const risk = risks([]).riskOf(deployment({ features: LARGE }));
    expect(risk).not.toHaveProperty('similar');
    expect(risk?.reliability).toMatch(/^AUC 0\.\d\d \(0\.\d\d–0\.\d\d\) on 240 held-back deployments, 48 bad$/);
  });

  it('measures the model on what happened here once enough is known', () => {
    const events = Array.from({ length: 24 }, (_, i) =>
      past(`v${i}`, 30 - i, i % 2 === 0 ? LARGE : SMALL, i % 2 === 0 ? 'Failed' : 'Successful'),
    ).flat();
    const risk = risks(events).riskOf(deployment({ version: 'now', features: SMALL }));
    expect(risk?.reliability).toBe('AUC 1.00 (1.00–1.00) on 24 deployments here, 12 bad');
  });

  it('takes the features of the pipeline from the file where the marker has none', () => {
    copyFileSync(join(root, 'deployment_features.csv'), join(folder.path, 'deployment_features.csv'));
    const { riskOf } = risks([]);
    expect(riskOf(deployment({ pipeline: 'pipe-risky456' }))?.label).toBe('HIGH');
    expect(riskOf(deployment({ pipeline: 'pipe-xyz123' }))?.label).toBe('LOW');
    expect(riskOf(deployment({ pipeline: 'nobody' }))).toBeNull();
  });

  it('goes on without a risk when the records cannot be read, but not past a defect', () => {
    const troubles: string[] = [];
    const failing = (error: Error) =>
      createDeploymentRisk(
        riskPlaces(
          folder.path,
          root,
          () => {
            throw error;
          },
          (text) => troubles.push(text),
        ),
      );
    const one = deployment({ features: LARGE });
    expect(failing(new StoreError('corrupt', 'the audit is unreadable'))(one)).toBeNull();
    expect(troubles).toEqual([expect.stringContaining('the audit is unreadable')]);
    expect(() => failing(new TypeError('a defect'))(one)).toThrow('a defect');
  });

  it('tells of a model that cannot be read once, and goes on without a risk', () => {
    mkdirSync(join(folder.path, 'models'));
    writeFileSync(join(folder.path, 'models/deployment-risk.json'), '{"half":');
    const troubles: string[] = [];
    const { riskOf } = risks([], troubles);
    const one = deployment({ features: LARGE });
    expect([riskOf(one), riskOf(one)]).toEqual([null, null]);
    expect(troubles).toEqual([expect.stringContaining('it is not JSON')]);
  });
});
