import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configJsonSchema, knownKeysAt } from '../../../src/config/json-schema.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { NO_FLAGS } from '../../../src/config/outside.ts';
import { SAMPLE_CONFIG } from '../../../src/config/sample.ts';

const root = join(import.meta.dirname, '../../..');

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('files made from the configuration', () => {
  it('ships the schema that the program prints (rollwatch config schema)', () => {
    expect(JSON.parse(read('rollwatch.schema.json'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it('ships the sample that `config init` writes', () => {
    expect(read('docs/config/rollwatch.yaml')).toBe(SAMPLE_CONFIG);
  });

  it('has a sample that changes nothing', async () => {
    const env = {};
    const flags = { ...NO_FLAGS, config: 'docs/config/rollwatch.yaml' };
    const sample = await loadConfig({ flags, env, cwd: root });
    const nothing = await loadConfig({ flags: NO_FLAGS, env, cwd: '/' });
    expect(sample.warnings).toEqual([]);
    const plain = ({ analysis, policy }: ReturnType<typeof nothing.settingsFor>): unknown => ({ analysis, policy });
    expect(plain(sample.settingsFor('a'))).toEqual(plain(nothing.settingsFor('a')));
    for (const metric of ['cpu_usage', 'memory_usage', 'response_time', 'error_rate']) {
      expect(sample.settingsFor('a').metrics(metric)).toEqual(nothing.settingsFor('a').metrics(metric));
    }
  });
});

describe('the JSON Schema', () => {
  it('describes every key', () => {
    const undescribed: string[] = [];
    walk(JSON.parse(JSON.stringify(configJsonSchema())) as Node, '', undescribed);
    expect(undescribed).toEqual([]);
  });

  it('knows the keys at a place', () => {
    const schema = configJsonSchema();
    expect(knownKeysAt(schema, ['pipelines', 0, 'rollback'])).toEqual(
      expect.arrayContaining(['command', 'dryRun', 'platform', 'verify', 'version']),
    );
    expect(knownKeysAt(schema, ['metrics', 'anything'])).toEqual(['kind', 'limit', 'unit', 'weight', 'worse']);
    expect(knownKeysAt(schema, ['nowhere'])).toEqual([]);
  });
});

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

function walk(node: Node, path: string, undescribed: string[]): void {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const inside = child.oneOf ?? child.anyOf ?? [];
    if (child.description === undefined && inside.length === 0) undescribed.push(`${path}.${key}`);
    walk(child, `${path}.${key}`, undescribed);
  }
  for (const child of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) walk(child, path, undescribed);
  if (node.items !== undefined) walk(node.items, `${path}[]`, undescribed);
  if (typeof node.additionalProperties === 'object') walk(node.additionalProperties, `${path}.*`, undescribed);
}
