import type { ObjectMeta } from './kube-objects.ts';

/** Who will put the present version back when it is changed behind their back, a sentence; null when nobody is known to. */
export function selfHealOf({ labels = {}, annotations = {} }: ObjectMeta): string | null {
  const argo = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (argo !== undefined) {
    return `Argo CD application ${argo} manages it: with auto-sync and self-heal on, the present version is put back`;
  }
  const kustomization = labels['kustomize.toolkit.fluxcd.io/name'];
  if (kustomization !== undefined)
    return `Flux kustomization ${kustomization} manages it and puts the present version back`;
  const release = labels['helm.toolkit.fluxcd.io/name'];
  return release === undefined ? null : `Flux release ${release} manages it and puts the present version back`;
}
