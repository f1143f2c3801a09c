/** Entry point of a thread that counts lines; its data is a CountingSetup, it takes part in each CountingJob. */
import { parentPort, workerData } from 'node:worker_threads';
import { BlobStore } from '../objects/blob-store.ts';
import { countFile } from './count-file.ts';
import type { CountingJob, CountingResult, CountingSetup } from './job.ts';

if (parentPort === null) throw new Error('lines are counted in a worker thread only');
const port = parentPort;
const { objects } = workerData as CountingSetup;
const blobs = new BlobStore(objects);

port.on('message', ({ number, files, bounds, next, counts }: CountingJob) => {
  const lines = files.split('\n');
  const groups = bounds.length - 1;
  for (let group = Atomics.add(next, 0, 1); group < groups; group = Atomics.add(next, 0, 1)) {
    for (let i = bounds[group]!; i < bounds[group + 1]!; i++) {
      const { added, deleted } = countFile(lines[i]!, blobs);
      counts[2 * i] = added;
      counts[2 * i + 1] = deleted;
    }
  }
  const result: CountingResult = { number };
  port.postMessage(result);
});
