import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PLACE = 'eu-central-1:123456789012';
export const CLUSTER = `arn:aws:ecs:${PLACE}:cluster/shop`;

type Json = Record<string, unknown>;

/** An answer of the API: a body, or an error as ECS sends it. */
export class EcsFault extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** One service behind the JSON protocol of ECS: what `update-service` takes down happens when the test says so. */
export interface EcsApi {
  readonly endpoint: string;
  /** Calls in order, with their bodies. */
  readonly calls: { readonly operation: string; readonly body: Json }[];
  /** Calls that change something. */
  readonly changes: () => readonly string[];
  /** Revision the service is given, and what runs of each: revision to running tasks. */
  service: { revision: number; running: Record<number, number>; rolloutState: string; controller: string };
  /** The newest service deployment; null where there is none. */
  deployment: Json | null;
  /** Called before an operation is answered: may change the world, or throw an EcsFault. `false` cuts the connection. */
  before: (operation: string) => boolean | void;
  /** What a change does besides being taken down. */
  onChange: (operation: string, revision: number) => void;
  close(): void;
}

/** Images of the revisions 1, 2, 3 of task definition `checkout`. */
const IMAGES = ['app:v1', 'app:v2', 'app:v3'];
const definitionArn = (revision: number): string => `arn:aws:ecs:${PLACE}:task-definition/checkout:${revision}`;
const revisionArn = (revision: number): string => `arn:aws:ecs:${PLACE}:service-revision/shop/checkout/${revision}`;

export async function ecsApi(): Promise<EcsApi> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.once('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const body = JSON.parse(text) as Json;
      api.calls.push({ operation, body });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      try {
        const keep = api.before(operation);
        const answer = answerTo(operation, body);
        if (keep === false) return void request.socket.destroy();
        response.end(JSON.stringify(answer));
      } catch (error) {
        const { status, code, message } =
          error instanceof EcsFault ? error : new EcsFault(400, 'UnexpectedCall', String(error));
        response.statusCode = status;
        response.end(JSON.stringify({ __type: code, message }));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api: EcsApi = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    changes: () => api.calls.map(({ operation }) => operation).filter((name) => /^(?:Update|Stop)/.test(name)),
    service: { revision: 2, running: { 2: 2 }, rolloutState: 'COMPLETED', controller: 'ECS' },
    deployment: null,
    before: () => undefined,
    onChange: (_, revision) => {
      api.service.running = { [revision]: 2 };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };

  function answerTo(operation: string, body: Json): unknown {
    switch (operation) {
      case 'DescribeServices':
        return body['cluster'] === CLUSTER
          ? { services: [serviceNow()], failures: [] }
          : { services: [], failures: [{ reason: 'MISSING' }] };
      case 'DescribeTaskDefinition':
        return { taskDefinition: definitionOf(Number(String(body['taskDefinition']).split(':').at(-1))) };
      case 'ListTaskDefinitions':
        return { taskDefinitionArns: IMAGES.map((_, index) => definitionArn(index + 1)).toReversed() };
      case 'ListServiceDeployments':
        return { serviceDeployments: api.deployment === null ? [] : [OLDER, api.deployment] };
      case 'DescribeServiceDeployments':
        return { serviceDeployments: [api.deployment] };
      case 'DescribeServiceRevisions': {
        const [arn = ''] = body['serviceRevisionArns'] as string[];
        return { serviceRevisions: [{ taskDefinition: definitionArn(Number(arn.split('/').at(-1))) }] };
      }
      case 'UpdateService':
        api.service.revision = Number(String(body['taskDefinition']).split(':').at(-1));
        api.onChange(operation, api.service.revision);
        return { service: serviceNow() };
      case 'StopServiceDeployment':
        api.service.revision = 1;
        api.onChange(operation, 1);
        return { serviceDeploymentArn: body['serviceDeploymentArn'] };
      default:
        throw new EcsFault(400, 'UnexpectedCall', operation);
    }
  }

  function serviceNow(): Json {
    const { revision, running, rolloutState, controller } = api.service;
    const others = Object.keys(running)
      .map(Number)
      .filter((one) => one !== revision && running[one]! > 0);
    const deployment = (one: number, status: string, state: string): Json => ({
      id: `ecs-svc/${one}`,
      status,
      taskDefinition: definitionArn(one),
      desiredCount: status === 'PRIMARY' ? 2 : 0,
      runningCount: running[one] ?? 0,
      rolloutState: state,
      rolloutStateReason: state === 'FAILED' ? 'ECS deployment circuit breaker: tasks failed to start.' : 'as it is',
    });
    return {
      clusterArn: CLUSTER,
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: Object.values(running).reduce((sum, count) => sum + count, 0),
      taskDefinition: definitionArn(revision),
      deploymentController: { type: controller },
      deployments: [
        deployment(revision, 'PRIMARY', rolloutState),
        ...others.map((one) => deployment(one, 'ACTIVE', 'COMPLETED')),
      ],
    };
  }

  return api;
}

/** One that ended before: not what is looked for. */
const OLDER = {
  serviceDeploymentArn: `arn:aws:ecs:${PLACE}:service-deployment/shop/checkout/old`,
  createdAt: 1_700_000_000,
  status: 'SUCCESSFUL',
};

/** A service deployment from revision 1 to revision 2. */
export function deploymentTo2(status: string, more: Json = {}): Json {
  return {
    serviceDeploymentArn: `arn:aws:ecs:${PLACE}:service-deployment/shop/checkout/abc`,
    status,
    createdAt: 1_760_000_000,
    startedAt: 1_760_000_000,
    sourceServiceRevisions: [{ arn: revisionArn(1) }],
    targetServiceRevision: { arn: revisionArn(2) },
    ...more,
  };
}

/** What `rollback` says of a deployment that goes back to revision 1. */
export const ROLLED_BACK = {
  rollback: {
    reason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    serviceRevisionArn: revisionArn(1),
  },
  deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
};

function definitionOf(revision: number): Json {
  const image = IMAGES[revision - 1];
  if (image === undefined) throw new EcsFault(400, 'ClientException', 'Unable to describe task definition.');
  return {
    taskDefinitionArn: definitionArn(revision),
    family: 'checkout',
    registeredAt: 1_750_000_000 + revision,
    registeredBy: 'arn:aws:iam::123456789012:user/alice',
    containerDefinitions: [
      { name: 'proxy', image: 'envoy:1.30' },
      { name: 'checkout', image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${image}` },
    ],
  };
}
