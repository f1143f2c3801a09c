import type { watch as Watch } from 'chokidar';
import type { WatchedPath } from './find-files.ts';

/** Who listens to hints. */
export interface HintListener {
  /** Something may have happened to this path: a file, or the folder it is in. */
  changed(path: string): void;
  /** No more hints will come; `why` in words. */
  failed(why: string): void;
}

/** Tells that something may have changed, early and without promise: a slow poll finds what it misses. */
export interface HintProvider {
  start(paths: readonly WatchedPath[], listener: HintListener): void;
  stop(): Promise<void>;
}

/** What is there already is read and shown first; until then the poll finds what is new. */
const AFTER_FIRST_FRAME_MS = 300;

/** Hints from the operating system through chokidar. Every event is only a hint: sizes and inodes are looked up anew. */
export function createChokidarHints(): HintProvider {
  let watcher: ReturnType<typeof Watch> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function watchWith(watch: typeof Watch, paths: readonly WatchedPath[], listener: HintListener): void {
    if (isStopped) return;
    watcher = watch(
      paths.map((path) => path.folder),
      {
        ignoreInitial: true,
        atomic: false,
        ignorePermissionErrors: true,
        depth: Math.max(0, ...paths.map((path) => path.depth)),
        // A rotated or foreign name says that something happened beside it; only hidden files are noise.
        ignored: (path) => /(?:^|[\\/])\.[^\\/.][^\\/]*$/.test(path) && !paths.some((given) => given.folder === path),
      },
    );
    // Whatever came before it listened is looked for once.
    watcher.on('ready', () => paths.forEach(({ folder }) => listener.changed(folder)));
    watcher.on('all', (_event, path) => listener.changed(path));
    watcher.on('error', (error) => listener.failed(failure(error)));
  }

  return {
    start(paths, listener) {
      timer = setTimeout(() => {
        import('chokidar')
          .then(({ watch }) => watchWith(watch, paths, listener))
          .catch((error: unknown) => listener.failed(failure(error)));
      }, AFTER_FIRST_FRAME_MS);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await watcher?.close();
      watcher = null;
    },
  };
}

function failure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return 'the limit of file watches is reached (ENOSPC, fs.inotify.max_user_watches)';
  if (code === 'EMFILE' || code === 'ENFILE') return `the limit of open files or watch instances is reached (${code})`;
  return `watching for changes failed (${error instanceof Error ? error.message : String(error)})`;
}
