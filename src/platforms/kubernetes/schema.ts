import { z } from 'zod';
import { kubePlaceKeys, versionKeys, word } from '../kube-config.ts';
import { duration, environment, recovery } from '../schema-words.ts';

const workload = word(
  /^(?:deployment|statefulset|daemonset)\/[a-z0-9{][a-z0-9{}.-]{0,252}$/,
  'deployment/NAME, statefulset/NAME or daemonset/NAME; {pipeline} may be part of the name',
  'What is rolled back: deployment/NAME, statefulset/NAME or daemonset/NAME; default deployment/{pipeline}.',
);

const side = z.strictObject({
  service: word(/^[a-z0-9{][a-z0-9{}.-]{0,252}$/, 'the name of a Service', 'Service of this side.'),
  workload,
});

const traffic = z
  .strictObject({
    route: word(
      /^(?:httproute|virtualservice|ingress)\/[a-z0-9{][a-z0-9{}.-]{0,252}$/,
      'httproute/NAME (Gateway API), virtualservice/NAME (Istio) or ingress/NAME (the canary of nginx-ingress)',
      'What shares the traffic out: httproute/NAME, virtualservice/NAME, or the canary ingress/NAME of nginx-ingress.',
    ),
    sides: z
      .tuple([side, side], { error: 'two sides, each a service and a workload' })
      .meta({ description: 'The two sides; which of them is the earlier version is read from their workloads.' }),
  })
  .meta({ description: 'Two sides that serve at once: makes progressive, blue-green and A/B possible.' });

/** Config of the Kubernetes platform; durations in ms. */
export const kubernetesConfig = z
  .strictObject({
    ...kubePlaceKeys,
    workload: workload.optional(),
    ...versionKeys,
    provider: z
      .enum(['aks', 'gke'], { error: 'aks or gke' })
      .meta({ description: 'Checks that the context is one of this cloud and that its sign-in works unattended.' })
      .optional(),
    traffic: traffic.optional(),
    timeout: duration('How long a rollout may take before the call is stopped; default 5m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
    environment,
  })
  .meta({ description: 'Rolls back a workload of Kubernetes through kubectl.' });

/** A validated config of the Kubernetes platform. */
export type KubernetesConfig = z.output<typeof kubernetesConfig>;
