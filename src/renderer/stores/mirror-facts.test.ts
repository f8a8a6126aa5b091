import { describe, expect, test } from 'vitest';
import { AgentId, CommandId } from '../../protocol/ids.ts';
import { sampleId } from '../../domain/testing/sample-ids.ts';
import { createDeskClient } from '../bridge/desk-client.ts';
import { createFakeDesk } from '../testing/fake-desk.ts';
import * as facts from '../testing/sample-facts.ts';
import * as office from '../testing/sample-office.ts';
import * as tickets from '../testing/sample-tickets.ts';
import { work } from '../testing/scenes.ts';
import { createDeskStore } from './create-desk-store.ts';
import { mirrorFacts } from './mirror-facts.ts';

function start() {
  const fake = createFakeDesk();
  const store = createDeskStore();
  mirrorFacts(createDeskClient(fake.pipe), store);
  work(fake, { ticket: tickets.attendingTicket });
  return { fake, store };
}
const written = tickets.attendingTicket.header.id;

describe('facts in the stores', () => {
  test('every fact is there as it was told', () => {
    const { store } = start();
    expect(store.getState()).toMatchObject({
      session: { state: 'working' },
      line: facts.lineUp,
      current: { ticket: { header: { turnCode: 'R-034' } } },
      handled: facts.handled,
      shift: facts.shift,
      waiting: { count: tickets.waitingRows.length },
      preferences: facts.preferences,
    });
  });

  test('[S2-52] [T10] after a sign-out nothing of the agent is left, and the next one finds nothing of theirs', () => {
    const { fake, store } = start();
    store.getState().noteWritten(written, 'nota de Ana');
    store.getState().openTicket(written);
    fake.tell('session.changed', office.signedOut({ cause: 'signedOut' }));
    expect(store.getState()).toMatchObject({
      current: null,
      handled: null,
      waiting: null,
      outbox: null,
      openedTicketId: null,
    });
    fake.tell('session.changed', { ...office.working, agent: { ...office.working.agent, id: sampleId(AgentId, 77) } });
    expect(store.getState().notes).toEqual({});
  });

  test('what an agent was writing when their session ended is there when the same agent is back', () => {
    const { fake, store } = start();
    store.getState().noteWritten(written, 'a medias');
    fake.tell('session.changed', office.signedOut({ cause: 'expired' }));
    fake.tell('session.changed', office.working);
    expect(store.getState().notes[written]?.text).toBe('a medias');
  });

  test.each(['deskRevoked', 'deskNotReset'] as const)(
    '[T10] of a desk that ended as %s nothing that was being written stays in its windows',
    (cause) => {
      const { fake, store } = start();
      const { id: contactId } = tickets.contact;
      store.getState().noteWritten(written, 'a medias');
      store.getState().contactWritten(contactId, 'phone', '310');
      store.getState().newContactWritten(written, { firstName: 'Rosa' });
      store.getState().refusedTakenUp(`note ${written}`, sampleId(CommandId, 1));
      fake.tell('session.changed', office.signedOut({ cause }));
      const { notes, contactEdits, newContacts, takenUp } = store.getState();
      expect([notes, contactEdits, newContacts, takenUp]).toEqual([{}, {}, {}, {}]);
    },
  );
});
