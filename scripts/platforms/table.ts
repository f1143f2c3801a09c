import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { PlatformAbilities } from '../../src/core/model/abilities.ts';
import type { Strategy } from '../../src/core/model/rollback.ts';
import type { PlatformAdapter } from '../../src/platforms/adapter.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { PLAIN_ABILITIES } from '../../src/ports/platform.ts';

const STRATEGIES: readonly Strategy[] = ['full', 'progressive', 'partial', 'blue-green', 'ab'];
/** Keys that a sample config leaves out and that add abilities, with a value each. */
const MORE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  kubernetes: {
    traffic: {
      route: 'httproute/checkout',
      sides: [
        { service: 'checkout-blue', workload: 'deployment/checkout-blue' },
        { service: 'checkout-green', workload: 'deployment/checkout-green' },
      ],
    },
  },
  shell: { actions: { traffic: ['/usr/local/bin/share', '{percent}'], switch: ['/usr/local/bin/switch', '{to}'] } },
};

interface Row {
  readonly name: string;
  /** Key that was added to the sample; null for the sample itself. */
  readonly added: string | null;
  readonly summary: string;
  readonly abilities: PlatformAbilities;
}

/** docs/platforms.md: what each platform of the registry can do, as its own abilities state it for its sample config. */
export function platformsPage(): string {
  const rows = Object.entries(platforms as Record<string, PlatformAdapter>).flatMap(([name, one]) => rowsOf(name, one));
  return `# Platforms

What each way to roll back can do, written from the code by \`node scripts/generate-platforms-doc.ts\`: the abilities that
each platform states for its sample config (and with the key that is named added). Permissions, config and failure modes
stand in the README of each folder of \`src/platforms\`.

${table(['platform', ...STRATEGIES, 'versions', 'shares of traffic', 'at once', 'side by side', 'read back', 'can be undone'], rows.map(cells))}

## What each is

${rows
  .filter(({ added }) => added === null)
  .map(({ name, summary }) => `- **${name}**: ${summary}`)
  .join('\n')}

## Why not

${rows.map(reasons).join('\n')}
`;
}

function rowsOf(name: string, adapter: PlatformAdapter): readonly Row[] {
  const path = join(import.meta.dirname, '../../src/platforms', name, 'sample.config.yaml');
  const sample = parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const more = MORE[name] ?? {};
  return [null, ...Object.keys(more)].map((added) => {
    const config: unknown = adapter.schema.parse(added === null ? sample : { ...sample, [added]: more[added] });
    const context = { baseDir: '/', host: { name: 'box', machineId: 'box' }, home: '/', dryRunBecause: null };
    const abilities = adapter.create(config, context).abilities?.() ?? PLAIN_ABILITIES;
    return { name, added, summary: adapter.summary, abilities };
  });
}

function cells({ name, added, abilities }: Row): readonly string[] {
  const { strategies, versions, trafficWeights, instantSwitch, sideBySide, readsBack, reversible } = abilities;
  return [
    label(name, added),
    ...STRATEGIES.map((strategy) => mark(strategies.includes(strategy))),
    versions === 'any' ? 'any' : 'previous only',
    ...[trafficWeights, instantSwitch, sideBySide, readsBack, reversible].map(mark),
  ];
}

function reasons({ name, added, abilities }: Row): string {
  const missing = STRATEGIES.filter((strategy) => !abilities.strategies.includes(strategy));
  if (missing.length === 0) return `- **${label(name, added)}** can do all of them.`;
  const lines = missing.map((strategy) => `  - ${strategy}: ${abilities.whyNot[strategy] ?? 'not stated'}`);
  return [`- **${label(name, added)}**`, ...lines].join('\n');
}

function label(name: string, added: string | null): string {
  return added === null ? name : `${name} with \`${added}\``;
}

function mark(can: boolean): string {
  return can ? 'yes' : '–';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length), title.length),
  );
  const line = (row: readonly string[]): string => `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
