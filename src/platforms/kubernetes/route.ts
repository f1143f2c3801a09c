import type { PatchOperation } from '../kube-client.ts';
import { pointerPart, type ObjectMeta } from '../kube-objects.ts';
import { StepRefused } from '../step.ts';
import type { Traffic } from './call.ts';

/** A route as read; its spec depends on its kind. */
export interface Route {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly rules?: readonly {
      readonly backendRefs?: readonly { readonly name: string; readonly weight?: number }[];
      readonly http?: {
        readonly paths: readonly { readonly backend: { readonly service?: { readonly name: string } } }[];
      };
    }[];
    readonly http?: readonly {
      readonly route?: readonly { readonly destination: { readonly host: string }; readonly weight?: number }[];
    }[];
  };
}

/** A weight of a route: whose it is, where it stands, and what it is now. */
interface Weight {
  readonly service: string;
  readonly path: string;
  readonly value: number;
}

const CANARY = 'nginx.ingress.kubernetes.io/canary';
const CANARY_WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

/** The resource as kubectl is to be asked for it: with its group, since short names are shared. */
export function routeResource({ kind, name }: Traffic): string {
  const groups = {
    httproute: 'httproutes.gateway.networking.k8s.io',
    virtualservice: 'virtualservices.networking.istio.io',
    ingress: 'ingresses.networking.k8s.io',
  } as const satisfies Record<Traffic['kind'], string>;
  return `${groups[kind]}/${name}`;
}

/** Percent of the traffic each service of the sides gets, in the order of the sides. @throws StepRefused where the route does not share it out. */
export function sharesOf(traffic: Traffic, route: Route): readonly [number, number] {
  const [first, second] = traffic.sides.map(({ service }) => service) as [string, string];
  if (traffic.kind === 'ingress') {
    const canary = canaryShare(route);
    const other = canaryService(route) === second ? first : second;
    if (![first, second].includes(canaryService(route))) throw unshared(traffic);
    return other === first ? [100 - canary, canary] : [canary, 100 - canary];
  }
  const group = groupsOf(traffic.kind, route).find((weights) => sharedBy(weights, first, second));
  if (group === undefined) throw unshared(traffic);
  const [a, b] = [total(group, first), total(group, second)];
  if (a + b === 0) throw new StepRefused(`${routeResource(traffic)} gives neither side any traffic`);
  return [(100 * a) / (a + b), (100 * b) / (a + b)];
}

/** Sets the first side's share and gives the rest to the second, wherever the route shares between them. */
export function shareOperations(traffic: Traffic, route: Route, firstPercent: number): readonly PatchOperation[] {
  const [first, second] = traffic.sides.map(({ service }) => service) as [string, string];
  if (traffic.kind === 'ingress') {
    const value = String(canaryService(route) === first ? firstPercent : 100 - firstPercent);
    return [{ op: 'replace', path: `/metadata/annotations/${pointerPart(CANARY_WEIGHT)}`, value }];
  }
  const groups = groupsOf(traffic.kind, route).filter((weights) => sharedBy(weights, first, second));
  return groups.flat().flatMap(({ service, path }) => {
    if (service !== first && service !== second) return [];
    return [{ op: 'add', path, value: service === first ? firstPercent : 100 - firstPercent } as const];
  });
}

function groupsOf(kind: 'httproute' | 'virtualservice', { spec }: Route): readonly (readonly Weight[])[] {
  if (kind === 'httproute') {
    return (spec.rules ?? []).map(({ backendRefs = [] }, rule) =>
      backendRefs.map(({ name, weight = 1 }, index) => {
        return { service: name, path: `/spec/rules/${rule}/backendRefs/${index}/weight`, value: weight };
      }),
    );
  }
  return (spec.http ?? []).map(({ route = [] }, http) =>
    route.map(({ destination, weight }, index) => {
      // One destination alone gets everything; beside others one without a weight gets nothing.
      const value = weight ?? (route.length === 1 ? 100 : 0);
      return { service: destination.host.split('.')[0]!, path: `/spec/http/${http}/route/${index}/weight`, value };
    }),
  );
}

function sharedBy(weights: readonly Weight[], first: string, second: string): boolean {
  return [first, second].every((name) => weights.some(({ service }) => service === name));
}

function total(weights: readonly Weight[], name: string): number {
  return weights.filter(({ service }) => service === name).reduce((sum, { value }) => sum + value, 0);
}

function canaryService({ spec }: Route): string {
  return spec.rules?.[0]?.http?.paths[0]?.backend.service?.name ?? '';
}

function canaryShare({ metadata }: Route): number {
  const { annotations = {} } = metadata;
  const weight = Number(annotations[CANARY_WEIGHT]);
  if (annotations[CANARY] === 'true' && Number.isFinite(weight)) return weight;
  throw new StepRefused(
    `ingress ${metadata.name} is no canary with a weight (annotations ${CANARY}, ${CANARY_WEIGHT})`,
  );
}

function unshared(traffic: Traffic): StepRefused {
  const names = traffic.sides.map(({ service }) => service).join(' and ');
  return new StepRefused(`${routeResource(traffic)} does not share the traffic between ${names}`);
}
