import { expect, test } from 'vitest';
import type { ContactId } from '../../protocol/ids.ts';
import { ana, branch, caja, idOf } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest();

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');

test('[T10] nothing that a customer or an agent said can be read in the files of the desk', async () => {
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  const contact = {
    id: idOf<ContactId>('8', 1),
    version: 1,
    documentType: 'CC',
    documentNumber: '1032400001',
    firstName: 'Canaria',
    lastName: 'Secretísima',
    phone: '+573001234567',
    email: 'canaria@ejemplo.test',
    createdAt: 1,
    updatedAt: 1,
    updatedByName: null,
  };
  desk.server.say(`agent:${ana}`, {
    type: 'content.put',
    content: { ticketId, contact, topicIds: [], events: [] },
  });
  await desk.window.until('current.changed', ({ ticket }) => ticket?.contact?.firstName === 'Canaria');
  await desk.goOffline();
  await desk.window.call('act', { type: 'note.add', ticketId, text: 'nota-canaria' });
  await desk.window.call('draft.save', { ticketId, text: 'borrador-canario' });
  await desk.window.call('act', {
    type: 'contact.edit',
    ticketId,
    contactId: contact.id,
    changes: { phone: { from: contact.phone, to: '+573007654321' } },
  });
  expect(desk.window.latest('current.changed')).toMatchObject({
    draft: 'borrador-canario',
    ticket: { contact: { phone: '+573007654321' }, pendingFields: ['phone'] },
  });
  const bytes = desk.onDisk();
  expect(bytes).toContain('SQLite format 3');
  for (const canary of [
    '1032400001',
    'Canaria',
    'canaria@',
    '3001234567',
    '3007654321',
    'nota-canaria',
    'borrador-canario',
  ]) {
    expect(bytes).not.toContain(canary);
  }
  expect(bytes).not.toContain('ana@demo.test');
  expect(bytes).not.toContain('argon2');
});

test('[T10] after a working day no document, phone or message of twenty customers can be found in the data folder', async () => {
  await desk.startWorking();
  await desk.window.call('act', { type: 'status.setManual', isManual: true });
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  const canaries: string[] = [];
  let number = 0;
  /** One customer: called with the line or attended without, a note, a draft, a corrected phone, and the end. */
  const attend = async (hasLine: boolean): Promise<void> => {
    number += 1;
    // This day lasts a second, and what a window may ask in a second has a limit: each customer has one of their own.
    desk.openWindow();
    const digits = String(number).padStart(4, '0');
    const own = {
      document: `1098765${digits}`,
      phone: `+57310765${digits}`,
      corrected: `+57320765${digits}`,
      note: `nota-canaria-${digits}`,
      draft: `borrador-canario-${digits}`,
      name: `Canaria${digits}`,
      mail: `canaria${digits}@ejemplo.test`,
    };
    canaries.push(...Object.values(own));
    const written = {
      documentType: 'CC',
      documentNumber: own.document,
      firstName: own.name,
      phone: own.phone,
      email: own.mail,
    };
    const { ticketId } = await desk.attendNow(caja, { type: 'new', contact: written });
    await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId);
    const contactId = idOf<ContactId>('8', number);
    if (hasLine) {
      await desk.allSent();
      const contact = {
        ...written,
        id: contactId,
        version: 1,
        lastName: '',
        createdAt: 1,
        updatedAt: 1,
        updatedByName: null,
      };
      desk.server.say(`agent:${ana}`, {
        type: 'content.put',
        content: { ticketId, contact, topicIds: [], events: [] },
      });
      await desk.window.until('current.changed', ({ ticket }) => ticket?.contact?.id === contactId);
      await desk.window.call('act', {
        type: 'contact.edit',
        ticketId,
        contactId,
        changes: { phone: { from: own.phone, to: own.corrected } },
      });
    }
    await desk.window.call('draft.save', { ticketId, text: own.draft });
    await desk.window.call('act', { type: 'note.add', ticketId, text: own.note });
    await desk.finish(ticketId);
    await desk.window.until('current.changed', ({ ticket }) => ticket === null);
  };
  for (let index = 0; index < 15; index += 1) await attend(true);
  await desk.goOffline();
  for (let index = 0; index < 5; index += 1) await attend(false);
  // At work, with the journals open; and after the end, with everything written to its place.
  const atWork = desk.onDisk();
  await desk.stop();
  const afterwards = desk.onDisk();
  expect(canaries).toHaveLength(140);
  for (const bytes of [atWork, afterwards]) {
    expect(bytes).toContain('SQLite format 3');
    // It would be found: what is not secret is.
    expect(bytes).toContain(branch);
    expect(canaries.filter((canary) => bytes.includes(canary) || bytes.includes(utf16(canary)))).toEqual([]);
  }
});
