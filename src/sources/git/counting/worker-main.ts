/** Entry point of a thread that counts lines; its data is a CountingSetup, it answers each CountingJob. */
import { parentPort, workerData } from 'node:worker_threads';
import { BlobStore } from '../objects/blob-store.ts';
import { countFile } from './count-file.ts';
import type { CountingJob, CountingResult, CountingSetup } from './job.ts';

if (parentPort === null) throw new Error('lines are counted in a worker thread only');
const port = parentPort;
const { objects } = workerData as CountingSetup;
const blobs = new BlobStore(objects);

port.on('message', ({ number, files }: CountingJob) => {
  const counts = new Int32Array(2 * files.length);
  files.forEach((file, i) => {
    const { added, deleted } = countFile(file, blobs);
    counts[2 * i] = added;
    counts[2 * i + 1] = deleted;
  });
  const result: CountingResult = { number, counts };
  port.postMessage(result, [counts.buffer]);
});
