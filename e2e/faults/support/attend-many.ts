import { v7 as uuidv7 } from 'uuid';
import { openAgentClient, type LooseBody } from './agent-client.ts';
import type { FaultOffice } from './fault-office.ts';

/** The nth agent (1 first) attends so many customers, one after the other, at the first server and without a desk. */
export async function attendMany({ servers, store }: FaultOffice, number: number, count: number): Promise<void> {
  if (count === 0) return;
  const { url } = servers[0]!;
  const service = await store.db.selectFrom('service').select(['id', 'branch_id']).executeTakeFirstOrThrow();
  const agent = await openAgentClient(url, number);
  for (let turn = 0; turn < count; turn += 1) {
    const quoted = { ticketId: uuidv7(), attentionId: uuidv7(), epoch: 1 };
    const { ticketId, attentionId } = quoted;
    const place = { branchId: service.branch_id, serviceId: service.id };
    const bodies: LooseBody[] = [
      { type: 'ticket.create', ticketId, ...place, priority: 'normal', customer: { type: 'none' } },
      { type: 'ticket.call', ticketId, attentionId },
      { type: 'attention.begin', ...quoted },
      { type: 'attention.finish', ...quoted },
    ];
    for (const body of bodies) {
      const result = await agent.deliver(url, uuidv7(), body);
      if (result.status === 'refused') throw new Error(`${body.type}: ${JSON.stringify(result.error)}`);
    }
  }
}
