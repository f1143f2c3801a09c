/** Entry point of the worker thread that trains one LSTM; its data is a TrainingJob, its messages are TrainingMessages. */
import { parentPort, workerData } from 'node:worker_threads';
import { trainOnSeries } from '../../core/detectors/lstm/train-series.ts';
import type { TrainingJob, TrainingMessage } from './job.ts';

if (parentPort === null) throw new Error('the LSTM worker runs as a worker thread only');
const port = parentPort;
const send = (message: TrainingMessage): void => port.postMessage(message);
const { values, times, parameters, seed } = workerData as TrainingJob;
const state = trainOnSeries(values, times, parameters, seed, (progress) => send({ kind: 'progress', ...progress }));
send({ kind: 'trained', state });
