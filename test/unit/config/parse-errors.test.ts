import { platforms } from '../../../src/platforms/registry.ts';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse.ts';
import { ConfigError, problemText } from '../../../src/config/problem.ts';

const PLATFORMS = Object.keys(platforms).join(', ');

/** What a config says and what is said of it: a new case is a new row. */
interface Case {
  readonly name: string;
  readonly yaml: string;
  readonly says: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'an unknown key near a known one',
    yaml: 'analysis:\n  persistance: 4\n',
    says: ['c.yaml:2:3: analysis.persistance: unknown key "persistance"; did you mean "persistence"?'],
  },
  {
    name: 'a key written with another separator',
    yaml: 'guards: {auto-countdown: 10s}\n',
    says: ['c.yaml:1:10: guards.auto-countdown: unknown key "auto-countdown"; did you mean "autoCountdown"?'],
  },
  {
    name: 'an unknown key near nothing',
    yaml: 'analysis:\n  traffic: {metric: rpm, minimumPerMinute: 1, zzz: 2}\n',
    says: ['c.yaml:2:47: analysis.traffic.zzz: unknown key "zzz"; known here: metric, minimumPerMinute'],
  },
  {
    name: 'a key that belongs to a pipeline',
    yaml: 'rollback: {command: [./rollback.sh]}\n',
    says: [
      'c.yaml:1:1: rollback: unknown key "rollback"; it belongs elsewhere: pipelines: [{ match: \'*\', rollback: … }]',
    ],
  },
  {
    name: 'a key that belongs further in',
    yaml: 'environments: {live: {persistence: 3}}\n',
    says: [
      'c.yaml:1:23: environments.live.persistence: unknown key "persistence"; it belongs elsewhere: analysis: { persistence: … }',
    ],
  },
  {
    name: 'several mistakes, in the order of the file',
    yaml: 'mode: asks\nanalysis:\n  control: 10 minutes\n  persistence: 0\n',
    says: [
      'c.yaml:1:7: mode: expected one of observe, ask, auto, found "asks"; did you mean "ask"?',
      'c.yaml:3:12: analysis.control: expected a duration such as 10m or 90s, found "10 minutes"; write 10m',
      'c.yaml:4:16: analysis.persistence: expected a whole number from 1 to 1000, found 0',
    ],
  },
  {
    name: 'a duration without a unit',
    yaml: 'analysis: {warmUp: 60}\n',
    says: ['c.yaml:1:20: analysis.warmUp: expected a duration such as 10m or 90s, found 60; say the unit: 60s or 60m'],
  },
  {
    name: 'a duration out of range',
    yaml: 'guards: {autoCountdown: 2h}\n',
    says: ['c.yaml:1:25: guards.autoCountdown: expected a duration of 0s to 1h, found "2h"'],
  },
  {
    name: 'a number where a list belongs',
    yaml: 'sources: 3\n',
    says: ['c.yaml:1:10: sources: expected a list of sources, each with `paths:`, found 3'],
  },
  {
    name: 'a group whose services need each other in a circle',
    yaml: 'groups:\n  - {name: shop, match: [web, api], needs: {web: [api], api: [web]}}\n',
    says: [
      'c.yaml:2:44: groups[0].needs: components need each other in a circle: web → api → web; say it in one direction only',
    ],
  },
  {
    name: 'a group that needs a pipeline it has not got, under a name given twice',
    yaml: 'groups:\n  - {name: shop, match: [web], needs: {web: [db]}}\n  - {name: shop, match: [x]}\n',
    says: [
      'c.yaml:2:45: groups[0].needs.web: "db" is no pipeline of the group "shop"; add it to `match:`, or take it out here',
      'c.yaml:3:12: groups[1].name: "shop" is the name of two groups; give another name',
    ],
  },
  {
    name: 'a mapping that is text',
    yaml: 'screen: big\n',
    says: ['c.yaml:1:9: screen: expected a mapping of keys to values, found "big"'],
  },
  {
    name: 'a missing key',
    yaml: 'pipelines:\n  - mode: ask\n',
    says: ['c.yaml:2:5: pipelines[0].match: is missing: expected text on one line'],
  },
  {
    name: 'an unknown detector',
    yaml: 'analysis:\n  detectors:\n    zscor: {}\n',
    says: ['c.yaml:3:5: analysis.detectors.zscor: unknown key "zscor"; did you mean "zscore"?'],
  },
  {
    name: 'a detector parameter out of its range',
    yaml: 'analysis:\n  detectors:\n    zscore: {limit: 3000}\n',
    says: [
      'c.yaml:3:21: analysis.detectors.zscore.limit: expected a number from 0.5 to 100 standard deviations, found 3000',
    ],
  },
  {
    name: 'a time of day that YAML reads as a number',
    yaml: 'freeze:\n  - {name: night, from: 18, to: "08:00"}\n',
    says: ['c.yaml:2:25: freeze[0].from: expected a time of day such as "18:00" (in quotes), found 18'],
  },
  {
    name: 'a zone by the name of a place',
    yaml: 'sources:\n  - paths: [a]\n    zone: Europe/Berlin\n',
    says: [
      'c.yaml:3:11: sources[0].zone: expected UTC or an offset from it such as "+02:00" (names of places are not taken: their offset changes within the year), found "Europe/Berlin"',
    ],
  },
  {
    name: 'a limit in the unit of another metric',
    yaml: 'metrics:\n  response_time: {limit: 90%}\n',
    says: [
      'c.yaml:2:26: metrics.response_time.limit: the limit "90%" is in "%", the metric is in ms; write it in ms, or as a plain number',
    ],
  },
  {
    name: 'a limit in an unknown unit',
    yaml: 'metrics:\n  response_time: {limit: 90 parsec}\n',
    says: [
      'c.yaml:2:26: metrics.response_time.limit: the limit "90 parsec" has the unknown unit "parsec"; known: %, ms, s, m, B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, /min, /s; write it in ms, or as a plain number',
    ],
  },
  {
    name: 'a limit with a unit for a metric without one',
    yaml: 'metrics:\n  wibble: {limit: 5ms}\n',
    says: [
      'c.yaml:2:19: metrics.wibble.limit: the limit "5ms" is in "ms", the metric is in no known unit (set `unit:`); say the metric\'s `unit:` beside it',
    ],
  },
  {
    name: 'an environment that nobody declared',
    yaml: 'environments: {production: {}}\npipelines:\n  - {match: a, environment: prodution}\n',
    says: [
      'c.yaml:3:29: pipelines[0].environment: the environment "prodution" is not declared; did you mean "production"?',
    ],
  },
  {
    name: 'an environment where none is declared',
    yaml: 'pipelines:\n  - {match: a, environment: live}\n',
    says: [
      'c.yaml:2:29: pipelines[0].environment: the environment "live" is not declared; add `environments: {live: {}}`',
    ],
  },
  {
    name: 'a warm-up as long as the analysis',
    yaml: 'analysis: {warmUp: 2h}\n',
    says: [
      'c.yaml:1:11: analysis: the warm-up of 2h is not shorter than the analysis of 2h: nothing would ever be judged; shorten warmUp or lengthen duration',
    ],
  },
  {
    name: 'a combination that only one environment makes unreachable',
    yaml: 'analysis: {warmUp: 5m}\nenvironments:\n  canary:\n    analysis: {duration: 4m}\n',
    says: [
      'c.yaml:4:15: environments.canary.analysis: the warm-up of 5m is not shorter than the analysis of 4m: nothing would ever be judged; shorten warmUp or lengthen duration',
    ],
  },
  {
    name: 'a countdown that outlives its question',
    yaml: 'guards: {proposalExpires: 30s, autoCountdown: 1m}\n',
    says: [
      'c.yaml:1:9: guards: the countdown of 1m does not end before the proposal expires; shorten autoCountdown or lengthen proposalExpires',
    ],
  },
  {
    name: 'a freeze window that is empty',
    yaml: 'freeze:\n  - {name: x, from: "08:00", to: "08:00"}\n',
    says: ['c.yaml:2:34: freeze[0].to: the window ends when it begins: it would never apply; give another time'],
  },
  {
    name: 'no detector at all',
    yaml: 'analysis: {detectors: {}}\n',
    says: [
      'c.yaml:1:23: analysis.detectors: no detector is named: nothing would ever be anomalous; name one, or leave the key out',
    ],
  },
  {
    name: 'a relative state directory',
    yaml: 'stateDir: state\n',
    says: ['c.yaml:1:11: stateDir: expected an absolute path, found "state"; begin it with /'],
  },
  {
    name: 'a rollback without a command',
    yaml: 'pipelines:\n  - match: a\n    rollback: {timeout: 5m}\n',
    says: [
      'c.yaml:3:15: pipelines[0].rollback.command: is missing: expected a list of a program and its arguments, such as ["/usr/local/bin/rollback", "{pipeline}", "{to}"]',
    ],
  },
  {
    name: 'a rollback as a shell string',
    yaml: 'pipelines:\n  - match: a\n    rollback: {command: "deploy {to}"}\n',
    says: [
      'c.yaml:3:25: pipelines[0].rollback.command: expected a list of a program and its arguments, such as ["/usr/local/bin/rollback", "{pipeline}", "{to}"], found "deploy {to}"',
    ],
  },
  {
    name: 'an unknown key of a platform',
    yaml: 'pipelines:\n  - match: a\n    rollback: {command: [x], timout: 5m}\n',
    says: ['c.yaml:3:30: pipelines[0].rollback.timout: unknown key "timout"; did you mean "timeout"?'],
  },
  {
    name: 'an unknown platform',
    yaml: 'pipelines:\n  - match: a\n    rollback: {platform: shel, command: [x]}\n',
    says: [`c.yaml:3:26: pipelines[0].rollback.platform: expected one of ${PLATFORMS}, found "shel"`],
  },
  {
    name: 'a mistake behind an anchor',
    yaml: 'analysis: &a\n  control: 1m\n  warmUp: soon\npipelines:\n  - {match: x, analysis: *a}\n',
    says: [
      'c.yaml:3:11: analysis.warmUp: expected a duration such as 10m or 90s, found "soon"',
      'c.yaml:3:11: pipelines[0].analysis.warmUp: expected a duration such as 10m or 90s, found "soon"',
    ],
  },
  {
    name: 'a key twice',
    yaml: 'mode: ask\nmode: auto\n',
    says: ['c.yaml:2:1: Map keys must be unique; keep one of them'],
  },
  {
    name: 'tabs',
    yaml: 'analysis:\n\tcontrol: 1m\n',
    says: ['c.yaml:2:1: Tabs are not allowed as indentation; indent with spaces'],
  },
  {
    name: 'a quote that never closes',
    yaml: 'group: "ops\n',
    says: ['c.yaml:2:1: Missing closing "quote; close the quote or bracket'],
  },
  {
    name: 'two documents',
    yaml: 'mode: ask\n---\nmode: auto\n',
    says: ['c.yaml:2:1: a second document begins here; keep one document per file'],
  },
  {
    name: 'a list at the top',
    yaml: '- mode: ask\n',
    says: ['c.yaml:1:1: expected a mapping of keys to values, found a list'],
  },
  {
    name: 'control characters in a name',
    yaml: 'group: "a\\u001b[31m"\n',
    says: ['c.yaml:1:8: group: expected text on one line, found "a␛[31m"'],
  },
];

function said(yaml: string): readonly string[] {
  try {
    return parseConfig(yaml, 'c.yaml').warnings.map(problemText);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(problemText);
    throw error;
  }
}

describe('parseConfig', () => {
  it.each(CASES)('says what is wrong with $name', ({ yaml, says }) => {
    expect(said(yaml)).toEqual(says);
  });

  it.each([
    ['a limit above what a percent can be', 'metrics: {cpu_usage: {limit: 150%}}', '150 can never be exceeded'],
    ['a limit a ratio cannot pass', 'metrics: {hit_ratio: {worse: up, limit: 100%}}', '1 can never be exceeded'],
    ['a floor nothing can be below', 'metrics: {orders_per_minute: {worse: down, limit: 0}}', 'nothing can be below 0'],
  ])('warns of %s', (_, yaml, warning) => {
    const { warnings } = parseConfig(yaml, 'c.yaml');
    expect(warnings.map((one) => one.severity)).toEqual(['warning']);
    expect(problemText(warnings[0]!)).toContain(warning);
  });

  it('refuses an alias bomb', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of 'abcdefgh'.split('').map((name, i, all) => [name, all[i + 1] ?? 'z'] as const)) {
      lines.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`);
    }
    expect(said(lines.join('\n'))).toEqual([expect.stringContaining('use fewer anchors')]);
  });

  it.each([
    ['an empty file', ''],
    ['comments only', '# nothing\n'],
    ['a BOM and CRLF', '\uFEFFmode: ask\r\nanalysis:\r\n  control: 10m\r\n'],
    ['sections without a value', 'analysis:\nguards:\nscreen:\n'],
    ['a merge', 'analysis: &a {control: 10m}\npipelines:\n  - {match: x, analysis: {<<: *a, warmUp: 1s}}\n'],
  ])('takes %s', (_, yaml) => {
    expect(said(yaml)).toEqual([]);
  });
});
