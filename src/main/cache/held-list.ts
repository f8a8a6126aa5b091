import type { HeldFact, HeldRow } from '../../bridge/facts.ts';
import type { DeskView } from '../../domain/pending/desk-view.ts';
import type { Presence } from '../../protocol/change.ts';
import type { AgentId, BranchId } from '../../protocol/ids.ts';
import type { Office } from '../../protocol/office.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** "En atención": what somebody of the branch holds, the longest held first, kept whole here and given out by window. */
export function createHeldList() {
  let version = 0;
  let rows: HeldRow[] = [];

  return {
    /** Lists the open tickets of the view anew. The version grows when any row or the order changed. */
    order: (
      view: DeskView,
      office: Office,
      branchId: BranchId,
      presences: ReadonlyMap<AgentId, Presence>,
    ): HeldFact => {
      const before = rows;
      rows = [...view.headers.values()]
        .filter((header) => header.branchId === branchId)
        .flatMap((header) => rowOf(header, office, presences) ?? [])
        .toSorted((a, b) => a.since - b.since || a.header.number - b.header.number);
      if (rows.length !== before.length || rows.some((row, index) => !isSame(row, before[index]))) version += 1;
      return { version, count: rows.length, silent: rows.filter(({ silentSince }) => silentSince !== null).length };
    },
    /** Rows `from` to `to` (excluded) of the order that the fact of this version told. */
    window: (from: number, to: number): { version: number; rows: HeldRow[] } => ({
      version,
      rows: rows.slice(from, to),
    }),
  };
}

function rowOf(header: TicketHeader, office: Office, presences: ReadonlyMap<AgentId, Presence>): HeldRow | null {
  const { holder } = header;
  if (holder === null) return null;
  const presence = presences.get(holder.agentId);
  const moduleId = presence?.moduleId ?? holder.moduleId;
  return {
    header: { ...header, holder },
    since: header.attendingSince ?? header.lastCalledAt ?? header.createdAt,
    moduleName: office.modules.find(({ id }) => id === moduleId)?.name ?? null,
    silentSince: presence?.silentSince ?? null,
  };
}

function isSame(row: HeldRow, before: HeldRow | undefined): boolean {
  return JSON.stringify(row) === JSON.stringify(before);
}
