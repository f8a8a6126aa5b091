import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../store/connect.ts';

export interface Metrics {
  registry: Registry;
  /** One answered request; `route` is the pattern, never the address. */
  observe: (labels: { method: string; route: string; status: number }, seconds: number) => void;
  /** A number that is read when it is asked for. */
  watch: (name: string, help: string, read: () => number) => void;
}

/** Figures for Prometheus. No label holds anything about a person (trust T26). */
export function createMetrics(store: Store): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'ventanilla_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const watch: Metrics['watch'] = (name, help, read) => {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
  };
  watch('ventanilla_database_connections', 'Connections open to PostgreSQL', () => store.pool.totalCount);
  watch('ventanilla_database_waiting', 'Queries that wait for a connection', () => store.pool.waitingCount);
  return {
    registry,
    observe: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    watch,
  };
}
