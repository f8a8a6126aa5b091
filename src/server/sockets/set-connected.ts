import { runWork } from '../changes/work.ts';
import { sayPresence } from '../commands/say-presence.ts';
import type { ServerContext } from '../start/server-context.ts';
import { lockStatuses, setConnection } from '../store/status-rows.ts';

interface Connection {
  agentId: string;
  branchId: string;
  connectionId: string;
}

/** Says that an agent's desk came or went. A desk that has come back on another socket is not marked gone by the old one. */
export async function setConnected(context: ServerContext, connection: Connection, isHere: boolean): Promise<void> {
  const { agentId, branchId, connectionId } = connection;
  await runWork(context, async (work) => {
    const row = (await lockStatuses(work.tx, [agentId], work.now)).get(agentId);
    if (!isHere && row?.connectionId !== connectionId) return;
    await setConnection(work.tx, agentId, isHere ? connectionId : null, work.now);
    await sayPresence(work, agentId, branchId);
    if (isHere) work.dispatch(branchId);
  });
}
