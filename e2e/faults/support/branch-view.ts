import type { TicketHeader } from '../../../src/protocol/ticket.ts';
import type { Store } from '../../../src/server/store/connect.ts';
import type { FaultDesk } from './fault-desk.ts';

export const keyOf = ({ id, state, epoch, holder }: TicketHeader): string =>
  `${id} ${state} ${epoch} ${holder?.attentionId ?? '-'}`;

/** The line of the branch as the server has it: one line for each ticket that waits, in no order. */
export async function waitingAtServer({ db }: Store): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('header').where('state', '=', 'waiting').execute();
  return rows.map(({ header }) => keyOf(header)).toSorted();
}

/** What is in attention in the branch as the server has it. */
export async function heldAtServer({ db }: Store): Promise<string[]> {
  const rows = await db.selectFrom('ticket').select('header').where('holder_id', 'is not', null).execute();
  return rows.map(({ header }) => keyOf(header)).toSorted();
}

/** The same as a desk shows it now. */
export async function waitingAtDesk(desk: FaultDesk): Promise<string[]> {
  const { rows } = await desk.window().call('waiting.window', { from: 0, to: 10_000 });
  return rows.map(({ header }) => keyOf(header)).toSorted();
}

export async function heldAtDesk(desk: FaultDesk): Promise<string[]> {
  const { rows } = await desk.window().call('held.window', { from: 0, to: 10_000 });
  return rows.map(({ header }) => keyOf(header)).toSorted();
}

/** Resolves once the desk shows what the server has, looked at anew with each of its changes; never before. */
export async function converged(desk: FaultDesk, { store }: { store: Store }): Promise<void> {
  const window = desk.window();
  for (;;) {
    const seen = { waiting: window.told('waiting.changed').length, held: window.told('held.changed').length };
    const atServer = [await waitingAtServer(store), await heldAtServer(store)];
    const atDesk = [await waitingAtDesk(desk), await heldAtDesk(desk)];
    if (JSON.stringify(atDesk) === JSON.stringify(atServer)) return;
    const later = (name: 'waiting.changed' | 'held.changed', count: number): Promise<unknown> =>
      window.until(name, () => window.told(name).length > count);
    await desk.hurried(Promise.race([later('waiting.changed', seen.waiting), later('held.changed', seen.held)]));
  }
}
