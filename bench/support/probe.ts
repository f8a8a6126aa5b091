/**
 * Loaded before a built program (`--import`), to be asked over loopback how late its event loop was, how much memory it took, and
 * for how many images of branches it has asked its server.
 * `BENCH_PROBE` names the file that gets the port. `BENCH_NO_ZSTD`: the program finds itself on a Node before 22.15, so that a
 * desk gets its branch as rows.
 */
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import zlib from 'node:zlib';

if (process.env['BENCH_NO_ZSTD'] !== undefined) Reflect.deleteProperty(zlib, 'createZstdCompress');
const path = process.env['BENCH_PROBE'];
if (isMainThread && path !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let imagesAsked = 0;
  subscribe('http.client.request.start', (message) => {
    if ((message as { request: { path: string } }).request.path.includes('/images/')) imagesAsked += 1;
  });
  const server = createServer((request, response) => {
    const [p99, longest] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    const peakMegabytes = process.resourceUsage().maxRSS / 1024;
    if (request.method === 'POST') delay.reset();
    response.end(JSON.stringify({ p99, longest, peakMegabytes, imagesAsked }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeFileSync(path, String((server.address() as AddressInfo).port));
  server.unref();
}
