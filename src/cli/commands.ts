import type { AddCommand } from './frame.ts';

type LoadCommand = () => Promise<AddCommand>;

/**
 * Commands by name, under the heading that `--help` shows them under, in its order. A command is loaded when it runs or
 * when all are shown: to start one should not cost all of them.
 */
export const COMMAND_GROUPS: Readonly<Record<string, Readonly<Record<string, LoadCommand>>>> = {
  'Watch:': {
    watch: async () => (await import('./commands/watch.ts')).addWatch,
    run: async () => (await import('./commands/run.ts')).addRun,
    assess: async () => (await import('./commands/assess.ts')).addAssess,
    compare: async () => (await import('./commands/compare.ts')).addCompare,
    demo: async () => (await import('./commands/demo.ts')).addDemo,
  },
  'Deployments:': {
    deployed: async () => (await import('./commands/deployed.ts')).addDeployed,
    features: async () => (await import('./commands/features.ts')).addFeatures,
    risk: async () => (await import('./commands/risk.ts')).addRisk,
    simulate: async () => (await import('./commands/simulate.ts')).addSimulate,
  },
  'Answer and stop:': {
    rollback: async () => (await import('./commands/rollback.ts')).addRollback,
    proposals: async () => (await import('./commands/proposals.ts')).addProposals,
    approve: async () => (await import('./commands/approve.ts')).addApprove,
    dismiss: async () => (await import('./commands/dismiss.ts')).addDismiss,
    silence: async () => (await import('./commands/silence.ts')).addSilenceCommand,
    halt: async () => (await import('./commands/halt.ts')).addHalt,
    resume: async () => (await import('./commands/resume.ts')).addResume,
  },
  'Look back:': {
    audit: async () => (await import('./commands/audit.ts')).addAudit,
    replay: async () => (await import('./commands/replay.ts')).addReplay,
    detect: async () => (await import('./commands/detect.ts')).addDetect,
    rca: async () => (await import('./commands/rca.ts')).addRca,
  },
  'Set up:': {
    config: async () => (await import('./commands/config.ts')).addConfig,
    completion: async () => (await import('./commands/completion.ts')).addCompletion,
  },
};

/** Names of all commands, in the order of `--help`. */
export const COMMAND_NAMES: readonly string[] = Object.values(COMMAND_GROUPS).flatMap((group) => Object.keys(group));
