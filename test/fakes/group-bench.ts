import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupDeps, GroupExecutor } from '../../src/app/group-rollback/index.ts';
import { createGroupExecutor } from '../../src/app/group-rollback/index.ts';
import type { GroupRun } from '../../src/core/model/group-run.ts';
import type { Plan, Proposal, StepJudge } from '../../src/core/model/rollback.ts';
import { actBench, approve, command, plan, proposalOf, sh, unproven, verdict, type ActBench } from './act-bench.ts';

const quickJudge: StepJudge = { healthAtLeast: 70, worseBy: 10, forMs: 150, holdMs: 200 };

/** Services whose versions are files, rolled back together. */
export interface GroupBench {
  readonly bench: ActBench;
  readonly executor: GroupExecutor;
  readonly runs: GroupRun[];
  readonly expired: GroupRun[];
  /** Health by pipeline, 0..100, when asked; null = no live data. */
  health: (pipeline: string) => number | null;
  readonly plans: readonly Plan[];
  /** Pipelines whose rollback took effect, in order. */
  effects(): readonly string[];
  isBack(pipeline: string): boolean;
  question(plans?: readonly Plan[], judge?: Partial<StepJudge>): Proposal;
  run(proposal: Proposal): Promise<GroupRun>;
}

/** The plan of a service under `dir`: its version is a file, an effect is a line of another. */
export function servicePlan(dir: string, pipeline: string, change: Partial<Plan> = {}): Plan {
  const [version, effects] = [join(dir, `version-${pipeline}`), join(dir, 'effects')];
  const act = sh(`echo ${pipeline} >> "$EFFECTS"; echo v1 > "$VERSION"`, { EFFECTS: effects, VERSION: version });
  return plan(act, {
    id: `plan-${pipeline}`,
    pipeline,
    deploymentId: `${pipeline}@v2@1`,
    target: { platform: 'shell', id: `target-${pipeline}`, text: `${pipeline} on box` },
    verify: { ...unproven, versionCommand: command(['/bin/cat', version]), healthAtLeast: 70, withinMs: 60_000 },
    ...change,
  });
}

/** One question about several services. */
export function groupQuestion(plans: readonly Plan[], judge: Partial<StepJudge> = {}): Proposal {
  const members = plans.map((one) => ({
    pipeline: one.pipeline,
    deploymentId: one.deploymentId,
    plan: one,
    why: 'the evidence blames it',
  }));
  const group = {
    id: `group-${plans.map(({ id }) => id).join('-')}`,
    name: 'shop',
    members,
    left: [],
    judge: { ...quickJudge, ...judge },
  };
  return proposalOf(plans.at(-1)!, { group });
}

export function groupBench(names: readonly string[]): GroupBench {
  const [runs, expired]: GroupRun[][] = [[], []];
  const bench = actBench({
    verdictOf: (pipeline) => {
      const value = self.health(pipeline);
      return value === null ? null : verdict({ pipeline, health: { value, confidence: 1, parts: [] } });
    },
  });
  const dir = bench.dir.path;
  writeFileSync(join(dir, 'effects'), '');
  for (const name of names) writeFileSync(join(dir, `version-${name}`), 'v2\n');
  const deps: GroupDeps = {
    executor: bench.executor,
    store: bench.store,
    clock: bench.deps.clock,
    stateDir: bench.dir,
    verdictOf: bench.deps.verdictOf,
    onChange: (run) => runs!.push(run),
    onHoldExpired: (run) => expired!.push(run),
    pollMs: 15,
  };
  const executor = createGroupExecutor(deps);
  const self: GroupBench = {
    bench,
    executor,
    runs: runs!,
    expired: expired!,
    health: (pipeline) => (self.isBack(pipeline) ? 95 : 20),
    plans: names.map((name) => servicePlan(dir, name)),
    effects: () => readFileSync(join(dir, 'effects'), 'utf8').split('\n').filter(Boolean),
    isBack: (pipeline) => readFileSync(join(dir, `version-${pipeline}`), 'utf8') === 'v1\n',
    question: (plans = self.plans, judge = {}) => groupQuestion(plans, judge),
    run: (proposal) => executor.execute(proposal, approve(bench.store, proposal)),
  };
  return self;
}
