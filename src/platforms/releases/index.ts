import type { PlanRequest, PlatformAbilities } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { resolveExecutable } from '../executable.ts';
import { createStepPlatform, type StepWords } from '../step-platform.ts';
import type { ReleasesAct, ReleasesCall } from './call.ts';
import { releasesConfig, type ReleasesConfig } from './schema.ts';

const TIMEOUT_MS = 60_000;
const ONE_LINK = 'one link leads to one release: the earlier version does not run beside the present one';

const ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: 'shares of the traffic cannot be set',
    partial: 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline',
    'blue-green': ONE_LINK,
    ab: ONE_LINK,
  },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: true,
  sideBySide: false,
  readsBack: true,
  reversible: true,
};

/** Points a link back to an earlier release, Capistrano style, here or over ssh. */
export const releases = {
  summary: 'a link to the present release (Capistrano style) on this box or over ssh',
  schema: releasesConfig,
  create: (config, context) =>
    createStepPlatform<ReleasesAct>(
      {
        name: 'releases',
        abilities: ABILITIES,
        envFrom: [...new Set(['SSH_AUTH_SOCK', ...(config.environment ?? [])])],
        timeoutMs: config.timeout ?? TIMEOUT_MS,
        recovery: config.verify,
        notUndone: ['what lies in folders shared between releases, and what migrations did, stay as they are'],
        plain: [{ kind: 'undo' }],
        target: (pipeline) => {
          const machine = config.ssh?.machineId ?? context.host.machineId;
          const host = config.ssh?.host ?? context.host.name;
          const link = `${rootOf(config, pipeline)}/${config.current ?? 'current'}`;
          return { id: `${machine}:${link}:${pipeline}`, text: `${pipeline} by ${link} on ${host}` };
        },
        call: (pipeline, versions, act): ReleasesCall => ({
          program: programOf(config, context),
          machineId: config.ssh?.machineId ?? null,
          root: rootOf(config, pipeline),
          current: config.current ?? 'current',
          releases: config.releases ?? 'releases',
          reload: config.reload?.map((one) => one.replaceAll('{pipeline}', pipeline)) ?? null,
          versions,
          act,
        }),
        words: (_, request) => wordsOf(config, request),
        readings: { version: { do: 'version' }, facts: { do: 'facts' }, serving: { do: 'serving' } },
      },
      context,
    ),
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, { baseDir }) => [resolveExecutable(config.ssh === undefined ? 'sh' : 'ssh', baseDir)],
} as const satisfies PlatformAdapter<typeof releasesConfig>;

function wordsOf(config: ReleasesConfig, request: PlanRequest): readonly StepWords<ReleasesAct>[] {
  const { pipeline, fromVersion: from, toVersion: to } = request;
  const [root, current] = [rootOf(config, pipeline), config.current ?? 'current'];
  const place = config.ssh === undefined ? '' : `ssh ${config.ssh.host}: `;
  const link: StepWords<ReleasesAct> = {
    act: { do: 'link' },
    text: `let ${root}/${current} lead to ${to}, if it still leads to ${from}`,
    call: `${place}ln -s ${config.releases ?? 'releases'}/${to} <draft> && mv -T <draft> ${root}/${current}`,
    readBack: { do: 'serving' },
  };
  if (config.reload === undefined) return [link];
  const reload = config.reload.map((one) => one.replaceAll('{pipeline}', pipeline)).join(' ');
  return [
    link,
    { act: { do: 'reload' }, text: `make the service take it: ${reload}`, call: `${place}${reload}`, readBack: null },
  ];
}

function programOf({ ssh }: ReleasesConfig, { baseDir }: PlatformContext): readonly [string, ...string[]] {
  if (ssh === undefined) return [resolveExecutable('sh', baseDir), '-s', '--'];
  const options = [
    'BatchMode=yes',
    // Whatever the configuration of ssh says: a host key that is new, or another one, is another host.
    'StrictHostKeyChecking=yes',
    'ConnectTimeout=15',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'ForwardAgent=no',
  ];
  return [
    resolveExecutable('ssh', baseDir),
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...(ssh.config === undefined ? [] : ['-F', ssh.config]),
    ...(ssh.port === undefined ? [] : ['-p', String(ssh.port)]),
    ...(ssh.user === undefined ? [] : ['-l', ssh.user]),
    '--',
    ssh.host,
    'sh',
    '-s',
    '--',
  ];
}

function rootOf({ root }: ReleasesConfig, pipeline: string): string {
  return root.replaceAll('{pipeline}', pipeline.replaceAll('/', '_'));
}
