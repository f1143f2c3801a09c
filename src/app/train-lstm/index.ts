import { Worker } from 'node:worker_threads';
import type { DetectorState } from '../../core/detectors/detector.ts';
import type { TrainingProgress } from '../../core/detectors/lstm/train.ts';
import type { TrainingJob, TrainingMessage } from './job.ts';

/**
 * Trains the detector `lstm` in a thread of its own, so that the program answers meanwhile.
 *
 * Rejects with the error of the training, or when the thread ends without a result.
 */
export function trainLstm(job: TrainingJob, onProgress: (progress: TrainingProgress) => void): Promise<DetectorState> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerEntry(), { workerData: job, execArgv: [] });
    worker.on('message', (message: TrainingMessage) => {
      if (message.kind === 'progress') onProgress(message);
      else resolve(message.state);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code} and without a result`)));
  });
}

/** The worker's file: beside the bundle, or its source when this runs from source. */
function workerEntry(moduleUrl: string = import.meta.url): URL {
  return new URL(moduleUrl.endsWith('.ts') ? './worker-main.ts' : './lstm-worker.mjs', moduleUrl);
}
