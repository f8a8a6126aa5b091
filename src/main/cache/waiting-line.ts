import type { WaitingFact, WaitingRow } from '../../bridge/facts.ts';
import type { DeskView } from '../../domain/pending/desk-view.ts';
import { lineSince } from '../../domain/queue/line-since.ts';
import { orderLine } from '../../domain/queue/order-line.ts';
import { consoleTab } from '../../domain/views/console-tab.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Branch, Office } from '../../protocol/office.ts';

/** "Turnos en espera": the order of service for one agent, kept whole here and given out by window. */
export function createWaitingLine() {
  let version = 0;
  let rows: WaitingRow[] = [];

  return {
    /** Orders the line anew. The version grows when any row or the order changed. */
    order: (
      view: DeskView,
      office: Office,
      { agentId }: { agentId: AgentId },
      branch: Branch,
      now: Instant,
    ): WaitingFact => {
      const agent = office.agents.find(({ id }) => id === agentId);
      const services = office.services.filter(({ branchId }) => branchId === branch.id);
      const main = new Set(agent?.mainServices);
      const served = services.filter(({ id }) => main.has(id) || agent?.supportServices.includes(id));
      const places = orderLine({
        tickets: [...view.headers.values()],
        services,
        agent: { mainServices: agent?.mainServices ?? [], supportServices: agent?.supportServices ?? [] },
        rules: branch.queueRules,
        now,
      });
      const before = rows;
      rows = places.map(({ ticket, reasons }) => ({ header: ticket, reasons, isMain: main.has(ticket.serviceId) }));
      if (rows.length !== before.length || rows.some((row, index) => !isSame(row, before[index]))) version += 1;
      return {
        version,
        count: rows.length,
        next: rows[0] ?? null,
        services: served.map(({ id }) => {
          const waiting = rows.filter(({ header }) => header.serviceId === id);
          return {
            serviceId: id,
            waiting: waiting.length,
            oldestSince: waiting.length === 0 ? null : Math.min(...waiting.map(({ header }) => lineSince(header))),
          };
        }),
        tabs: { ...tabs(view, agentId, new Set(served.map(({ id }) => id))), waiting: rows.length },
      };
    },
    /** Rows `from` to `to` (excluded) of the order that the fact of this version told. */
    window: (from: number, to: number): { version: number; rows: WaitingRow[] } => ({
      version,
      rows: rows.slice(from, to),
    }),
  };
}

/** A header is replaced, never changed, so that it is the same one or another. */
function isSame(row: WaitingRow, before: WaitingRow | undefined): boolean {
  return (
    row.header === before?.header &&
    row.isMain === before.isMain &&
    JSON.stringify(row.reasons) === JSON.stringify(before.reasons)
  );
}

function tabs(view: DeskView, agentId: AgentId, served: ReadonlySet<string>): Omit<WaitingFact['tabs'], 'waiting'> {
  const count = { attending: 0, paused: 0, outOfHours: 0 };
  for (const header of view.headers.values()) {
    const tab = consoleTab(header, agentId);
    if (tab === null || tab === 'waiting') continue;
    if (tab !== 'outOfHours' || served.has(header.serviceId)) count[tab] += 1;
  }
  return count;
}
