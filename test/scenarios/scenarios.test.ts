import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/app/engine/engine.ts';
import { replayInputs, writeInput } from '../../src/app/replay.ts';
import { canonicalJson } from '../../src/core/model/canonical-json.ts';
import { T0 } from '../builders/judging.ts';
import { check } from './expectations.ts';
import { parseScenario } from './language.ts';
import { optionsOf, playScenario } from './player.ts';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.scn'));

describe('scenarios', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(25);
  });

  const stories = files.map((file) => ({ file, ...parseScenario(readFileSync(new URL(file, folder), 'utf8')) }));

  it.each(stories)('$file: $story', (scenario) => {
    const stage = playScenario(scenario);
    let expectations = 0;
    for (const moment of scenario.moments) {
      stage.moveTo(T0 + moment.atMs);
      for (const statement of moment.statements) {
        if (statement.words[0] === 'expect') {
          expectations += 1;
          check(stage, statement);
        } else stage.act(statement);
      }
    }
    expect(expectations, 'a story without an expectation proves nothing').toBeGreaterThan(0);
    // Every story also proves the replay: the recorded inputs give the same events, byte for byte.
    const again = replayInputs(createEngine(optionsOf(scenario)), stage.inputs.map(writeInput));
    expect([...again]).toEqual(stage.events.map(canonicalJson));
  });
});
