import { createKubectl, type Kubectl } from '../kube-client.ts';
import { checkProvider } from '../kube-provider.ts';
import type { PlatformStep } from '../step.ts';
import type { KubernetesCall } from './call.ts';
import { facts } from './facts.ts';
import { undo } from './undo.ts';
import { checkCapacity, drain, scale } from './capacity.ts';
import { checkShare, setShare } from './traffic.ts';
import { readServing, readVersion } from './version.ts';

/** One call of the Kubernetes platform. */
export const kubernetesStep: PlatformStep = async (argument, env) => {
  const call = argument as KubernetesCall;
  const kubectl = createKubectl(call.at, env);
  if (call.provider !== null) await checkProvider(kubectl, call.provider, call.at.context);
  return act(kubectl, call);
};

function act(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const { act } = call;
  switch (act.do) {
    case 'undo':
      return undo(kubectl, call);
    case 'version':
      return readVersion(kubectl, call);
    case 'serving':
      return readServing(kubectl, call);
    case 'facts':
      return facts(kubectl, call);
    case 'traffic':
      return setShare(kubectl, call, act.percent);
    case 'shared':
      return checkShare(kubectl, call, act.percent);
    case 'capacity':
      return checkCapacity(kubectl, call, act.percent);
    case 'scale':
      return scale(kubectl, call, act.percent);
    case 'drain':
      return drain(kubectl, call);
  }
}
