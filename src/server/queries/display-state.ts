import { shortName } from '../../domain/names/display-name.ts';
import { orderLine } from '../../domain/queue/order-line.ts';
import type { DisplayState } from '../../protocol/http/public-api.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readLatestCalls } from '../store/call-rows.ts';
import { readServices, type BranchRow } from '../store/service-rows.ts';
import { readWaiting } from '../store/ticket-rows.ts';

const CALLS_SHOWN = 6;
const CODES_SHOWN = 12;
const CALLS_LAST_MS = 4 * 3_600_000;

/** All that the waiting room of a branch may know now: codes and modules, and a short name where the branch says so (trust T21). */
export async function displayState(context: ServerContext, branch: BranchRow): Promise<DisplayState> {
  const { db } = context.store;
  const now = context.clock();
  const calls = await readLatestCalls(db, branch.id, { since: now - CALLS_LAST_MS, limit: CALLS_SHOWN });
  const services = await readServices(db, branch.id);
  const tickets = await readWaiting(db, branch.id);
  const line = orderLine({ tickets, services, agent: null, rules: branch.queueRules, now });
  return {
    branchName: branch.name,
    companyName: branch.companyName,
    isDemo: branch.isDemo,
    locale: branch.locale,
    timeZone: branch.timeZone,
    serverTime: now,
    calls: calls.map(({ id, turnCode, moduleName, firstName, lastName, at }) => ({
      id,
      code: turnCode,
      moduleName,
      name: branch.showsNames ? shortName(firstName, lastName) : null,
      at,
    })),
    waiting: { count: line.length, codes: line.slice(0, CODES_SHOWN).map(({ ticket }) => ticket.turnCode) },
  };
}
