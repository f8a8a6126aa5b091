import { parentPort, workerData } from 'node:worker_threads';
import { buildImage, type ImageOrder } from './build-image.ts';

/** The thread that makes one image and ends: what it costs does not hold up those who are served. */
const { databaseUrl, order } = workerData as { databaseUrl: string; order: ImageOrder };
parentPort?.postMessage(await buildImage(databaseUrl, order));
