import type { StepAction } from '../../core/model/rollback.ts';
import { kubectlText } from '../kube-config.ts';
import type { KubernetesAct, KubernetesCall } from './call.ts';
import { routeResource } from './route.ts';
import { refText } from './workload.ts';

/** What the step's process does for an action of the plan; an undo between two sides is all of the traffic. */
export function actOf(action: StepAction, hasSides: boolean): KubernetesAct {
  switch (action.kind) {
    case 'undo':
      return hasSides ? { do: 'traffic', percent: 100 } : { do: 'undo' };
    case 'switch':
      return { do: 'traffic', percent: 100 };
    case 'traffic':
      return { do: 'traffic', percent: action.percent };
    case 'scale':
      return { do: 'scale', percent: action.percent };
    case 'check-capacity':
      return { do: 'capacity', percent: action.percent };
    case 'drain':
      return { do: 'drain' };
  }
}

/** The step for people, a clause. */
export function stepText({ act, workload, versions }: KubernetesCall): string {
  const [from, to] = [versions.from ?? '', versions.to ?? ''];
  switch (act.do) {
    case 'undo':
      return `put the pod template of ${to} back into ${refText(workload)}, if it is still the one of ${from}`;
    case 'traffic':
      return `give ${to} ${act.percent} % of the traffic, after its endpoints were seen ready`;
    case 'scale':
      return `bring ${to} up to ${act.percent} % of the instances of ${from}`;
    case 'capacity':
      return `check that ${to} has ${act.percent} % of the instances of ${from} ready`;
    case 'drain':
      return `take ${from} out: scale it to 0, once it gets no traffic`;
    case 'version':
    case 'serving':
    case 'facts':
    case 'shared':
      return `look at ${refText(workload)}`;
  }
}

/** The exact call, as far as it is known before the objects are read. */
export function callText({ act, at, workload, traffic, versions }: KubernetesCall): string {
  const [from, to] = [versions.from ?? '', versions.to ?? ''];
  const shared = traffic === null ? '' : routeResource(traffic);
  switch (act.do) {
    case 'undo':
      return kubectlText(
        at,
        `patch ${refText(workload)} --type=json -p '[{"op":"test","path":"/metadata/uid",…},{"op":"test","path":"/metadata/generation",…},{"op":"replace","path":"/spec/template","value":<template of the newest revision with version ${to}>}]'`,
      );
    case 'traffic':
      return kubectlText(
        at,
        `patch ${shared} --type=json -p '[{"op":"test","path":"/metadata/resourceVersion",…},<weight of ${to}: ${act.percent}, of ${from}: ${100 - act.percent}>]'`,
      );
    case 'scale':
      return kubectlText(at, `scale <workload of ${to}> --replicas=<${act.percent} % of ${from}> --resource-version=…`);
    case 'drain':
      return kubectlText(at, `scale <workload of ${from}> --replicas=0 --resource-version=…`);
    case 'version':
    case 'serving':
    case 'facts':
    case 'shared':
    case 'capacity':
      return kubectlText(at, `get ${traffic === null ? refText(workload) : shared} --output=json`);
  }
}
