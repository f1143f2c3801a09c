import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

/** The file a command writes its output to, kept below a size. */
export interface OutputFile {
  /** Given to the command as stdout and stderr: no pipe, so that it writes on when the supervisor dies. */
  readonly fd: number;
  /** Drops all but the newest part when the file has grown too large. Call it now and then. */
  trim(): void;
  droppedBytes(): number;
  close(): void;
}

/** Creates the file; appending is atomic for each write, so the command needs no knowledge of the trimming. */
export function createOutputFile(path: string, maxBytes: number, mode: number): OutputFile {
  const { O_APPEND, O_CREAT, O_EXCL, O_RDWR } = constants;
  const fd = openSync(path, O_APPEND | O_CREAT | O_EXCL | O_RDWR, mode);
  let dropped = 0;

  function trim(): void {
    const size = fstatSync(fd).size;
    if (size <= maxBytes) return;
    const kept = Buffer.alloc(Math.floor(maxBytes / 4));
    const read = readSync(fd, kept, 0, kept.length, size - kept.length);
    ftruncateSync(fd, 0);
    dropped += size - read;
    writeSync(fd, `… ${dropped} bytes of output dropped …\n`);
    writeSync(fd, kept, 0, read);
  }

  return { fd, trim, droppedBytes: () => dropped, close: () => closeSync(fd) };
}
