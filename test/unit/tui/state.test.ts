import { describe, expect, it } from 'vitest';
import { detail, execution, pipeline, proposal, snapshot } from '../../fakes/snapshots.ts';
import { fleetList } from '../../../src/tui/state/fleet.ts';
import { Player } from './state/harness.ts';

function names(player: Player): readonly string[] {
  return fleetList(player.ui, player.live).map((item) => item.view.pipeline);
}

const many = snapshot({
  pipelines: Array.from({ length: 60 }, (_, index) => pipeline(`p${String(index).padStart(2, '0')}`)),
});

describe('the fleet', () => {
  it('has what needs a person on top, and it selected', () => {
    const player = new Player(snapshot({ proposals: [proposal()] }));
    expect(names(player)).toEqual(['checkout', 'batch-report', 'mailer', 'search', 'payments', 'catalog']);
    expect(player.ui.selected).toBe('checkout');
  });

  it('selects what is most pressing until a key is pressed', () => {
    const player = new Player(snapshot({ pipelines: [pipeline('calm')] }));
    expect(player.ui.selected).toBe('calm');
    expect(player.show({ pipelines: snapshot().pipelines }).ui.selected).toBe('checkout');
    player.press('G').show({ proposals: [proposal({}, 'payments')] });
    expect(player.ui.selected).toBe('catalog');
  });

  it('keeps the selection on its pipeline when the rows move', () => {
    const player = new Player(snapshot()).press('j', 'j');
    expect(player.ui.selected).toBe('mailer');
    player.show({ pipelines: [pipeline('aaa'), ...player.live.pipelines] });
    expect(player.ui.selected).toBe('mailer');
  });

  it('goes through the sorts with s', () => {
    const player = new Player(snapshot()).press('s');
    expect(player.ui.sort).toBe('name');
    expect(names(player)[0]).toBe('batch-report');
    player.press('s');
    expect(names(player).slice(0, 2)).toEqual(['checkout', 'mailer']);
    player.press('s');
    expect(names(player)[0]).toBe('checkout');
    player.press('s');
    expect(names(player)[0]).toBe('payments');
    expect(player.press('s').ui.sort).toBe('attention');
  });

  it.each([
    ['G', 'p59'],
    ['pagedown', 'p34'],
    ['end', 'p59'],
  ])('moves far with %s', (key, selected) => {
    const player = new Player(many).press(key);
    expect(player.ui.selected).toBe(selected);
    expect(player.press('g').ui.selected).toBe('p00');
  });

  it('splits moves that came in one chunk, and nothing else', () => {
    const player = new Player(many).chunk('jjj');
    expect(player.ui.selected).toBe('p03');
    player.chunk('jr');
    expect(player.ui.dialog).toBeNull();
    expect(player.ui.message?.text).toContain('several keys at once');
    expect(player.ui.selected).toBe('p03');
  });

  it('does not scroll away from the top by itself', () => {
    const player = new Player(many).press('G');
    expect(player.ui.fleetTop).toBeGreaterThan(0);
    const top = player.ui.fleetTop;
    expect(player.wait(1000).ui.fleetTop).toBe(top);
  });

  it('filters while typing; enter keeps, esc clears', () => {
    const player = new Player(snapshot()).press('/').chunk('PAY').press('enter');
    expect(names(player)).toEqual(['payments']);
    expect(player.ui.selected).toBe('payments');
    expect(names(player.press('escape'))).toHaveLength(6);
  });

  it('takes letters as text while filtering', () => {
    const player = new Player(snapshot()).press('/', 'r', 'q', 'backspace', 'backspace', 'backspace');
    expect(player.ui).toMatchObject({ dialog: null, isFiltering: false, filter: '' });
    expect(player.effects).toEqual([]);
  });

  it('jumps to the next alarm, round and round', () => {
    const player = new Player(snapshot({ proposals: [proposal()] })).press('G', 'n');
    expect(player.ui.selected).toBe('checkout');
    const healthy = new Player(many).press('n');
    expect(healthy.ui.message?.text).toBe('no alarm');
  });

  it('shows the frozen snapshot until f again', () => {
    const player = new Player(snapshot()).press('f').show({ pipelines: [pipeline('new')] });
    expect(names(player)).toHaveLength(6);
    expect(names(player.press('f'))).toEqual(['new']);
  });

  it('says that pasted text was ignored', () => {
    expect(new Player(snapshot()).paste('ry').ui.message?.text).toBe('pasted text was ignored');
  });
});

describe('one pipeline', () => {
  it('asks for its chart, steps through metrics and goes back', () => {
    const player = new Player(snapshot({ detail: detail() })).press('enter', 'tab', '[', '[', 'escape');
    expect(player.sent).toEqual([
      { type: 'focus', pipeline: 'checkout', metric: null },
      { type: 'focus', pipeline: 'checkout', metric: 'error_rate' },
      { type: 'focus', pipeline: 'checkout', metric: 'response_time' },
      { type: 'focus', pipeline: 'checkout', metric: 'orders_per_minute' },
      { type: 'focus', pipeline: null, metric: null },
    ]);
    expect(player.ui.place).toBe('fleet');
  });

  it('zooms from what is usual, within bounds', () => {
    const player = new Player(snapshot({ detail: detail() })).press('enter', '-', '-', '-');
    expect(player.ui.detail?.zoom).toBe(0);
    expect(player.type('++++++++++').ui.detail?.zoom).toBe(6);
  });

  it('goes to the next alarm with n', () => {
    const player = new Player(snapshot()).press('G', 'enter', 'n');
    expect(player.ui.detail?.pipeline).toBe('checkout');
  });
});

describe('audit and help', () => {
  it('opens at the newest event, and shows one in full', () => {
    const player = new Player(snapshot()).press('a');
    expect(player.ui.audit.seq).toBe(4);
    player.press('k', 'enter');
    expect(player.ui.audit).toMatchObject({ seq: 3, isOpen: true });
    expect(player.press('escape').ui.place).toBe('audit');
    expect(player.press('escape').ui.place).toBe('fleet');
  });

  it('returns from the help to where it was opened', () => {
    const player = new Player(snapshot()).press('a', '?', 'escape');
    expect(player.ui.place).toBe('audit');
  });
});

describe('leaving', () => {
  it.each(['q', 'ctrl-c'])('quits on %s', (key) => {
    expect(new Player(snapshot()).press(key).effects).toEqual([{ type: 'quit' }]);
  });

  it('asks while a rollback runs; a second ctrl-c leaves', () => {
    const player = new Player(snapshot({ executions: [execution()] })).press('q');
    expect(player.effects).toEqual([]);
    expect(player.wait(600).press('n').ui.dialog).toBeNull();
    expect(player.press('q').wait(600).press('y').effects).toEqual([{ type: 'quit' }]);
    const hurried = new Player(snapshot({ executions: [execution()] })).press('ctrl-c', 'ctrl-c');
    expect(hurried.effects).toEqual([{ type: 'quit' }]);
  });
});

describe('h', () => {
  it('reports a rollback by hand after a single y', () => {
    const player = new Player(snapshot()).press('h', 'y');
    expect(player.sent, 'too soon').toEqual([]);
    player.wait(600).press('enter');
    expect(player.ui.dialog).toBeNull();
    player.press('h').wait(600).chunk('yy').paste('y');
    expect(player.sent).toEqual([]);
    expect(player.press('y').sent).toEqual([{ type: 'human-rollback', pipeline: 'checkout', reason: null }]);
  });
});

it('redraws on ctrl-l', () => {
  expect(new Player(snapshot()).press('ctrl-l').effects).toEqual([{ type: 'redraw' }]);
});
