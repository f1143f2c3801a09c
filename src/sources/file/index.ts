import type { MetricSource } from '../../ports/metric-source.ts';
import { FileSource } from './file-source.ts';
import { createChokidarHints } from './hints.ts';
import { TAKEN_EXTENSIONS } from './names.ts';
import { createNodeFileSystem } from './node-file-system.ts';
import type { FileSourceOptions } from './options.ts';

export type { FileSourceOptions } from './options.ts';

/**
 * Follows files: every complete line exactly once, in order, through appends, rotation, truncation and restarts.
 *
 * A last line without an end is delivered when no end can come: in `once`, after rotation or removal, at the start
 * for a recording, and at the stop when no offsets are kept. Should it go on after all, the rest is not a line: it
 * is dropped up to its end and reported as lost, never delivered twice.
 */
export function createFileSource(options: FileSourceOptions): MetricSource {
  return new FileSource({
    paths: options.paths,
    clock: options.clock,
    fileSystem: options.fileSystem ?? createNodeFileSystem(),
    offsets: options.offsets ?? null,
    hints: options.once === true ? null : options.hints === undefined ? createChokidarHints() : options.hints,
    once: options.once ?? false,
    extensions: options.extensions ?? TAKEN_EXTENSIONS,
    pollMs: options.pollMs ?? 1_000,
    fastPollMs: options.fastPollMs ?? 200,
    hintedFiles: options.hintedFiles ?? 400,
    saveMs: options.saveMs ?? 5_000,
    limits: options.limits ?? {},
  });
}

/** Metric logs on disk. */
export const file = {
  name: 'file',
  text: 'Metric logs in files: folders, patterns or single files, followed as they grow.',
  create: createFileSource,
};
