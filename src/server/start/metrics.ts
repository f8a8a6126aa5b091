import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Logger } from 'pino';
import type { Store } from '../store/connect.ts';

export interface Metrics {
  registry: Registry;
  /** One answered request; `route` is the pattern, never the address. */
  observe: (labels: { method: string; route: string; status: number }, seconds: number) => void;
  /** A number that is read when it is asked for. One that cannot be read is left out; the log says so once. */
  watch: (name: string, help: string, read: () => number | Promise<number>) => void;
  /** A number that only rises, from 0 at the start of the process: by what it gives it is raised. */
  count: (name: string, help: string) => (by: number) => void;
}

/** Each sample wakes the process, which at the library's 10 ms is most of what a server does that has nothing to do. */
const LAG_EVERY_MS = 250;

/** Figures for Prometheus. No label holds anything about a person (trust T26). */
export function createMetrics(store: Pick<Store, 'pool'>, log: Pick<Logger, 'error'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_EVERY_MS });
  // The library's hold the time between two samples, and would read as a loop that stands still for a quarter of a second.
  for (const part of ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']) {
    registry.removeSingleMetric(`nodejs_eventloop_lag_${part}_seconds`);
  }
  const requests = new Histogram({
    name: 'ventanilla_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const watch: Metrics['watch'] = (name, help, read) => {
    let isFailing = false;
    const collect = async (): Promise<void> => {
      try {
        gauge.set(await read());
        isFailing = false;
      } catch (error) {
        gauge.remove();
        if (!isFailing) log.error({ error, figure: name }, 'a figure could not be read');
        isFailing = true;
      }
    };
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect });
  };
  const lag = monitorEventLoopDelay({ resolution: LAG_EVERY_MS });
  lag.enable();
  watch('ventanilla_event_loop_lag_seconds', 'Longest delay of the event loop since it was last asked for', () => {
    const longest = lag.max;
    lag.reset();
    return Math.max(0, longest / 1e9 - LAG_EVERY_MS / 1_000);
  });
  watch('ventanilla_database_connections', 'Connections open to PostgreSQL', () => store.pool.totalCount);
  watch('ventanilla_database_waiting', 'Queries that wait for a connection', () => store.pool.waitingCount);
  return {
    registry,
    observe: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    watch,
    count: (name, help) => {
      const counter = new Counter({ name, help, registers: [registry] });
      return (by) => counter.inc(by);
    },
  };
}
