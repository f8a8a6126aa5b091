import { runWork } from '../changes/work.ts';
import { endSession } from '../sessions/end-session.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertAudit } from '../store/audit-rows.ts';
import { readDesks, revokeDevice, type DeskRow } from '../store/device-rows.ts';
import { readOpenSessions } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { AdminError } from './admin-error.ts';

export const listDesks = (context: ServerContext): Promise<DeskRow[]> => readDesks(context.store.db);

/**
 * Lets a desk in no more. Its sessions end, their sockets close within seconds on every server, and the desk removes all that
 * it keeps as soon as it hears of it (trust T10, T13). A second time changes nothing.
 */
export async function revokeDesk(context: ServerContext, id: string): Promise<DeskRow> {
  const desk = (await listDesks(context)).find((one) => one.id === id);
  if (!desk) throw new AdminError(`There is no desk ${id}: see the verb desk list.`);
  const { result: revokedAt } = await runWork(context, async (work) => {
    // First: nobody is let in there from here on, and whose session is not read below has none.
    const isFirst = await revokeDevice(work.tx, id, work.now);
    const sessions = await readOpenSessions(work.tx, { deviceId: id });
    await lockStatuses(
      work.tx,
      sessions.map(({ agentId }) => agentId),
      work.now,
    );
    for (const session of sessions) await endSession(work, session, 'deskRevoked', { keepsCall: false });
    if (!isFirst) return desk.revokedAt;
    const { companyId } = desk;
    const audit = { companyId, agentId: null, deviceId: id, act: 'device.revoked', subject: id, at: work.now };
    await insertAudit(work.tx, audit);
    return work.now;
  });
  return { ...desk, revokedAt };
}
