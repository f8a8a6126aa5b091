import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../../store/connect.ts';
import { buildImage, type ImageOrder } from './build-image.ts';

/** The thread that makes one image and ends: what it costs does not hold up those who are served. */
const { databaseUrl, order } = workerData as { databaseUrl: string; order: ImageOrder };
const store = connect(databaseUrl, () => undefined);
try {
  parentPort?.postMessage(await buildImage(store, order));
} finally {
  await store.close();
}
