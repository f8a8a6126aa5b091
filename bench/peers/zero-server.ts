/**
 * Zero's server side: a PostgreSQL of its own with logical replication, the headers in it, the query endpoint that zero-cache asks,
 * and zero-cache. Prints the port of zero-cache once that has its replica.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mustGetQuery } from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import pg from 'pg';
import { freePort } from '../../e2e/support/free-port.ts';
import { startEmbeddedPostgres } from '../../src/server/start/embedded-postgres.ts';
import { readHeaders, type Header } from './headers.ts';
import { folder, rowsPath } from './run-peer.ts';
import { createTable, zeroSchema } from './zero-schema.ts';

const READY_WITHIN_MS = 90_000;

const headers = readHeaders(rowsPath);
const given = headers[0] as Header;
const { schema, queries } = zeroSchema(given);

const stops: (() => Promise<unknown>)[] = [];
let ending: Promise<never> | undefined;
// Whoever started this asks it to end so, or is gone: also while it is still filling.
process.stdin.resume().on('end', () => void end(0));

try {
  const postgres = await startLogical();
  stops.push(() => postgres.stop());
  await fill(postgres.url);
  const queryUrl = await startEndpoint();
  const ports = { cache: await freePort(), changeStreamer: await freePort() };
  if (ending) await ending;
  const cache = startCache(postgres.url, queryUrl, ports);
  const ended = once(cache, 'exit');
  stops.push(() => {
    cache.kill();
    return ended;
  });
  void ended.then(() => end(1));
  await ready(ports.cache);
  process.stdout.write(`${ports.cache}\n`);
} catch (error) {
  console.error(error);
  await end(1);
}

/** Ends first what was started last, and then this process. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const stop of stops.toReversed()) await stop();
    process.exit(code);
  })();
  return ending;
}

async function startEndpoint(): Promise<string> {
  const endpoint = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      handleQueryRequest({
        handler: (name, args) => mustGetQuery(queries, name).fn({ args, ctx: undefined }),
        schema,
        userID: 'anon',
        query: url.searchParams,
        body: JSON.parse(Buffer.concat(parts).toString()) as never,
      }).then(
        (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
        (error: unknown) => {
          console.error(error);
          response.writeHead(500).end();
        },
      );
    });
  }).listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  return `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/query`;
}

function startCache(
  upstream: string,
  queryUrl: string,
  ports: { cache: number; changeStreamer: number },
): ChildProcess {
  const program = join(import.meta.dirname, 'node_modules/@rocicorp/zero/out/zero/src/cli.js');
  return spawn(process.execPath, [program], {
    env: {
      ...process.env,
      DO_NOT_TRACK: '1',
      ZERO_ENABLE_TELEMETRY: 'false',
      ZERO_LOG_LEVEL: 'error',
      ZERO_ADMIN_PASSWORD: 'bench',
      ZERO_UPSTREAM_DB: upstream,
      ZERO_REPLICA_FILE: join(folder, 'replica.db'),
      ZERO_PORT: String(ports.cache),
      ZERO_CHANGE_STREAMER_PORT: String(ports.changeStreamer),
      ZERO_QUERY_URL: queryUrl,
    },
    stdio: ['ignore', 2, 2],
  });
}

async function startLogical(): ReturnType<typeof startEmbeddedPostgres> {
  const first = await startEmbeddedPostgres(join(folder, 'postgres'), () => undefined);
  const client = new pg.Client(first.url);
  await client.connect();
  await client.query('ALTER SYSTEM SET wal_level = logical');
  await client.end();
  await first.stop();
  return startEmbeddedPostgres(join(folder, 'postgres'), () => undefined);
}

async function fill(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(createTable(given));
  for (let from = 0; from < headers.length; from += 10_000) {
    await client.query('INSERT INTO header SELECT * FROM json_populate_recordset(NULL::header, $1)', [
      JSON.stringify(headers.slice(from, from + 10_000)),
    ]);
  }
  await client.end();
}

async function ready(port: number): Promise<void> {
  const giveUpAt = performance.now() + READY_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    const answer = await fetch(`http://127.0.0.1:${port}/keepalive`).catch(() => null);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error('zero-cache did not come up.');
}
