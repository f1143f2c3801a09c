import { join } from 'node:path';
import { fakeEngine, spec, task } from '../engine-socket.ts';
import type { RepointedWorld } from './world.ts';

const OTHER = 'a1q7v0kd2nq0zw9y3o8m5x4ab';

export async function swarmWorld(root: string): Promise<RepointedWorld> {
  const socket = join(root, 'docker.sock');
  const engine = await fakeEngine(socket);
  const serve = (version: string, before: string, UpdateStatus: object): void => {
    engine.service = {
      ID: 'abc',
      Version: { Index: 7 },
      Spec: spec(`app:${version}`),
      PreviousSpec: spec(`app:${before}`),
      UpdateStatus,
    };
    engine.tasks = [task(`app:${version}`)];
  };
  serve('v2', 'v1', { State: 'completed', StartedAt: '2026-01-01T00:00:00Z' });
  engine.onChange = () => {
    serve('v1', 'v2', { State: 'rollback_completed', StartedAt: '2026-01-02T00:00:00Z' });
    return { status: 200 };
  };
  const { cluster } = engine;
  return {
    config: { cluster, socket },
    repoint: () => {
      engine.cluster = OTHER;
    },
    effects: () => engine.changes,
    says: new RegExp(`leads to swarm ${OTHER}, not to ${cluster}`),
    close: () => engine.close(),
  };
}
