import type { PlatformStep } from './step.ts';

/** Platforms whose steps are code of rollwatch, loaded when one runs. */
export const steps: Readonly<Record<string, () => Promise<PlatformStep>>> = {
  kubernetes: async () => (await import('./kubernetes/step.ts')).kubernetesStep,
  helm: async () => (await import('./helm/step.ts')).helmStep,
  'argo-rollouts': async () => (await import('./argo-rollouts/step.ts')).argoRolloutsStep,
  'argo-cd': async () => (await import('./argo-cd/step.ts')).argoCdStep,
  haproxy: async () => (await import('./haproxy/step.ts')).haproxyStep,
  swarm: async () => (await import('./swarm/step.ts')).swarmStep,
  nginx: async () => (await import('./nginx/step.ts')).nginxStep,
  ecs: async () => (await import('./ecs/step.ts')).ecsStep,
  releases: async () => (await import('./releases/step.ts')).releasesStep,
};
