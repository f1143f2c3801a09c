import type { CommandResult, SessionCommand } from '../../src/core/session/command.ts';
import type { Snapshot } from '../../src/core/session/snapshot.ts';
import type { ScreenPort } from '../../src/tui/port.ts';

/** An engine that shows what it is given and records what it is asked; fails on a command it was not told to expect. */
export class FakeScreenPort implements ScreenPort {
  readonly options = { ascii: false, readOnly: false, fps: 10, screenReader: false };
  readonly sent: SessionCommand[] = [];
  private readonly listeners = new Set<() => void>();
  private current: Snapshot;
  private readonly answers: Partial<Record<SessionCommand['type'], CommandResult>>;

  constructor(current: Snapshot, answers: Partial<Record<SessionCommand['type'], CommandResult>> = {}) {
    this.current = current;
    this.answers = answers;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  snapshot(): Snapshot {
    return this.current;
  }

  send(command: SessionCommand): Promise<CommandResult> {
    this.sent.push(command);
    const answer = this.answers[command.type];
    return answer === undefined
      ? Promise.reject(new Error(`unexpected command ${command.type}`))
      : Promise.resolve(answer);
  }

  show(change: Partial<Snapshot>): void {
    this.current = { ...this.current, ...change, seq: this.current.seq + 1 };
    for (const listener of this.listeners) listener();
  }

  /** How many screens listen. */
  get listenerCount(): number {
    return this.listeners.size;
  }
}
