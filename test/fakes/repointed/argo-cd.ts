import { startArgoCd } from '../argo-cd-server/server.ts';
import type { RepointedWorld } from './world.ts';

const OTHER = '0a1b2c3d-7a7e-4c58-9c0b-3b1d3f1f6a12';

/** The address answers from another Argo CD, with an application of the same name and history. */
export async function argoCdWorld(): Promise<RepointedWorld> {
  const argo = await startArgoCd();
  const { uid } = argo.app.metadata;
  return {
    config: { server: argo.url, uid, versionFrom: 'parameter:image.tag' },
    env: { ARGOCD_AUTH_TOKEN: argo.token },
    repoint: () => {
      argo.app.metadata.uid = OTHER;
    },
    effects: () => argo.changes.map(({ method, path }) => `${method} ${path}`),
    says: new RegExp(`has uid ${OTHER}, not ${uid} as configured`),
    close: () => argo.close(),
  };
}
