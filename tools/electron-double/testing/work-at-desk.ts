import { PASSWORD } from '../../../src/main/testing/fake-office.ts';
import type { FakeServer } from '../../../src/main/testing/fake-server.ts';
import type { RunningDouble } from '../start-double.ts';

/** Ana signs in and takes the first module of her branch. */
export function signIn(desk: RunningDouble): Promise<void> {
  return desk.evaluate(
    ({ window }, password: string) => window.webContents.played.signIn('ana@demo.test', password),
    PASSWORD,
  );
}

/** Ana calls ticket `number` by hand, and attends it if `isBegun`. */
export async function holdTicket(
  desk: RunningDouble,
  server: FakeServer,
  number: number,
  isBegun: boolean,
): Promise<void> {
  const { id } = server.addTicket(number);
  await desk.evaluate(
    async ({ window }, { ticketId, isBegun }) => {
      const { played } = window.webContents;
      await played.fact('waiting.changed', ({ count }: { count: number }) => count > 0);
      await played.call('act', { type: 'status.choose', state: 'online' });
      await played.call('act', { type: 'ticket.call', ticketId });
      const inHand = (state: string) =>
        played.fact(
          'current.changed',
          ({ ticket }: { ticket: { header: { state: string } } | null }) => ticket?.header.state === state,
        );
      await inHand('calling');
      if (!isBegun) return;
      await played.call('act', { type: 'attention.begin', ticketId });
      await inHand('attending');
    },
    { ticketId: id, isBegun },
  );
}
