import type { Output } from '../app/watch/options.ts';

/** A stream of the process as far as it is written to. */
export interface WritableStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** An output that falls silent when its reader is gone (`| head`) instead of ending the program with an error. */
export function processOutput(stream: WritableStream, closed: () => void): Output {
  let open = true;
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    open = false;
    closed();
  });
  return {
    isTTY: stream.isTTY === true,
    write(text) {
      if (open) stream.write(text);
    },
  };
}
