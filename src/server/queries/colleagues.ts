import type { AgentId } from '../../protocol/ids.ts';
import type { OfferColleagues } from '../../protocol/video/transfer-offer.ts';
import { obstacleOf } from '../commands/transfer-handlers.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readColleagues } from '../store/offer-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';

/** To whom the agent who holds this video could offer it: main service first, who can take it now before who cannot. */
export async function colleaguesFor(
  { store: { db }, clock }: ServerContext,
  { agentId, companyId }: { agentId: string; companyId: string },
  ticketId: string,
): Promise<OfferColleagues> {
  const row = await readTicket(db, companyId, ticketId);
  if (row?.header.holder?.agentId !== agentId) throw new Refusal('NOT_FOUND', { field: 'ticketId' });
  const sitting = await readColleagues(db, { branchId: row.branchId, serviceId: row.header.serviceId });
  const now = clock();
  const colleagues = sitting
    .filter((colleague) => colleague.agentId !== agentId)
    .map((colleague) => ({
      agentId: colleague.agentId as AgentId,
      name: colleague.name,
      moduleName: colleague.moduleName,
      level: colleague.level,
      obstacle: obstacleOf(colleague, now),
    }));
  const rank = ({ level, obstacle }: (typeof colleagues)[number]): number =>
    (obstacle === null ? 0 : 2) + (level === 'main' ? 0 : 1);
  return { colleagues: colleagues.toSorted((a, b) => rank(a) - rank(b)) };
}
