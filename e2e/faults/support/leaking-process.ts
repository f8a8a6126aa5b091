/** Imported into a server, it keeps every request that comes in: what a soak is there to find. */
import { subscribe } from 'node:diagnostics_channel';

const kept: unknown[] = [];
subscribe('http.server.request.start', (message) => kept.push(message));
