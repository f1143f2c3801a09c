import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createInterrupt } from '../../../src/cli/interrupt.ts';
import { processOutput, type WritableStream } from '../../../src/cli/process-output.ts';

class Signals extends EventEmitter {
  exit(code: number): never {
    throw new Error(`exit ${code}`);
  }
}

describe('createInterrupt', () => {
  it('leaves signals their effect until somebody wants to hear them', () => {
    const source = new Signals();
    const { signal } = createInterrupt(source);
    expect(source.eventNames()).toEqual([]);
    signal();
    expect(source.eventNames()).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
    signal();
    expect(source.listenerCount('SIGINT')).toBe(1);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('asks to end at the first %s', (name) => {
    const source = new Signals();
    const signal = createInterrupt(source).signal();
    source.emit(name);
    expect(signal).toMatchObject({ aborted: true, reason: name });
  });

  it('ends at once at the second', () => {
    const source = new Signals();
    createInterrupt(source).signal();
    source.emit('SIGINT');
    expect(() => source.emit('SIGINT')).toThrow('exit 130');
    expect(() => source.emit('SIGTERM')).toThrow('exit 143');
    expect(() => source.emit('SIGHUP')).not.toThrow();
  });
});

class Pipe extends EventEmitter implements WritableStream {
  readonly written: string[] = [];
  write(text: string): void {
    this.written.push(text);
  }
  fail(code: string): void {
    this.emit('error', Object.assign(new Error(code), { code }));
  }
}

describe('processOutput', () => {
  it.each(['EPIPE', 'EIO'])('falls silent at %s and says so', (code) => {
    const pipe = new Pipe();
    const closed = vi.fn<() => void>();
    const output = processOutput(pipe, closed);
    output.write('a');
    pipe.fail(code);
    output.write('b');
    expect(pipe.written).toEqual(['a']);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('does not hide other errors', () => {
    const pipe = new Pipe();
    processOutput(pipe, () => undefined);
    expect(() => pipe.fail('ENOSPC')).toThrow('ENOSPC');
  });
});
