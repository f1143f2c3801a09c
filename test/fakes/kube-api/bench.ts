import { runCommand, type CommandOutcome } from '../../../src/app/executor/run-command.ts';
import type { CommandSpec } from '../../../src/core/model/rollback.ts';
import type { PlatformAdapter, PlatformContext } from '../../../src/platforms/adapter.ts';
import { platforms } from '../../../src/platforms/registry.ts';
import type { Platform, PlatformFacts, PlanRequest } from '../../../src/ports/platform.ts';
import { actBench, removeDir, temporaryDir, type ActBench } from '../act-bench.ts';
import { startKubeApi, type KubeApi } from './server.ts';
import { KUBECTL, writeKubeconfig } from './world.ts';

/** A cluster, a second one, a kubeconfig that leads to them, and an executor. */
export interface KubeBench {
  readonly dir: string;
  readonly api: KubeApi;
  readonly other: KubeApi;
  readonly act: ActBench;
  platform(name: keyof typeof platforms, config?: object): Platform;
  /** Lets the context `prod` lead to a cluster. */
  point(api: KubeApi): void;
  run(command: CommandSpec): Promise<CommandOutcome>;
  facts(platform: Platform): Promise<PlatformFacts>;
  close(): Promise<void>;
}

/** A rollback of `checkout` from v2 to v1. */
export const request: PlanRequest = {
  pipeline: 'checkout',
  environment: 'staging',
  deploymentId: 'checkout@v2@1',
  fromVersion: 'v2',
  toVersion: 'v1',
};

export async function kubeBench(): Promise<KubeBench> {
  const dir = temporaryDir();
  const [api, other] = [await startKubeApi(), await startKubeApi()];
  const kubeconfig = writeKubeconfig(dir, { prod: api.url, elsewhere: other.url });
  const env = { KUBECONFIG: kubeconfig };
  const act = actBench({ env });
  const context: PlatformContext = {
    baseDir: dir,
    home: dir,
    host: { name: 'box', machineId: 'abc' },
    dryRunBecause: null,
  };
  const usual = {
    context: 'prod',
    namespace: 'shop',
    cluster: api.cluster,
    kubectl: KUBECTL ?? 'kubectl',
    verify: { for: '0ms', within: '15s' },
  };

  const run = (command: CommandSpec): Promise<CommandOutcome> => runCommand(command, env);

  const bench: KubeBench = {
    dir,
    api,
    other,
    act,
    platform(name, config = {}) {
      const adapter = (platforms as Record<string, PlatformAdapter>)[name]!;
      return adapter.create(adapter.schema.parse({ ...usual, ...config }), context);
    },
    point: (to) => void writeKubeconfig(dir, { prod: to.url, elsewhere: api.url }),
    run,
    async facts(platform) {
      const { stdout, fault } = await run(platform.factsReader!(request.pipeline)!);
      if (fault !== null) throw new Error(`facts: ${fault}`);
      return JSON.parse(stdout) as PlatformFacts;
    },
    async close() {
      act.close();
      await Promise.all([api.close(), other.close()]);
      removeDir(dir);
    },
  };
  return bench;
}
