import type { Snapshot } from '../../../../src/core/session/snapshot.ts';
import type { SessionCommand } from '../../../../src/core/session/command.ts';
import { reduce } from '../../../../src/tui/state.ts';
import type { Effect, UiEvent, UiState } from '../../../../src/tui/state/ui-state.ts';
import { initialUi } from '../../../../src/tui/state/ui-state.ts';

type Body = UiEvent extends infer E ? (E extends UiEvent ? Omit<E, 'atMs'> : never) : never;

/** Plays the screen without Ink: keys in, state and effects out, with a clock that is moved by hand. */
export class Player {
  ui: UiState;
  live: Snapshot;
  atMs = 1000;
  effects: Effect[] = [];

  constructor(live: Snapshot, columns = 120, rows = 40, readOnly = false) {
    this.live = live;
    this.ui = initialUi(columns, rows, readOnly, this.atMs);
    this.event({ type: 'tick' });
  }

  event(body: Body): this {
    const { ui, effects } = reduce(this.ui, { ...body, atMs: this.atMs }, this.live);
    this.ui = ui;
    this.effects.push(...effects);
    return this;
  }

  /** Separate keys: single characters, or names such as `enter`. */
  press(...names: readonly string[]): this {
    for (const name of names) {
      const text = name.length === 1 ? name : '';
      this.event({ type: 'key', key: { name, text } });
    }
    return this;
  }

  /** Letters, each a key of its own. */
  type(text: string): this {
    return this.press(...text.split(''));
  }

  /** Several characters in one event. */
  chunk(text: string): this {
    return this.event({ type: 'key', key: { name: 'chunk', text } });
  }

  paste(text: string): this {
    return this.event({ type: 'paste', text });
  }

  /** Time passes while the engine keeps sending snapshots. */
  wait(ms: number): this {
    this.atMs += ms;
    this.live = { ...this.live, nowMs: this.live.nowMs + ms };
    return this.event({ type: 'tick' });
  }

  /** Time passes and the engine says nothing. */
  silence(ms: number): this {
    this.atMs += ms;
    return this.event({ type: 'tick' });
  }

  show(change: Partial<Snapshot>): this {
    this.live = { ...this.live, ...change, seq: this.live.seq + 1 };
    return this.event({ type: 'tick' });
  }

  get sent(): readonly SessionCommand[] {
    return this.effects.flatMap((effect) => (effect.type === 'send' ? [effect.command] : []));
  }

  get approvals(): readonly SessionCommand[] {
    return this.sent.filter((command) => command.type === 'approve');
  }

  get note(): string {
    return this.ui.dialog?.note?.text ?? '';
  }
}
