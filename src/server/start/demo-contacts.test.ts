import { expect, test } from 'vitest';
import { normalizeContact } from '../contacts/normalize-contact.ts';
import { DEMO_CONTACTS, demoContacts } from './demo-contacts.ts';

test('the demo has 40 people, the same ones each time, each with a document and a phone that pass', () => {
  const contacts = demoContacts();
  expect(contacts).toHaveLength(DEMO_CONTACTS);
  expect(demoContacts()).toEqual(contacts);
  const normal = contacts.map((contact) => normalizeContact(contact, 'CO'));
  expect(new Set(normal.map(({ documentNumber }) => documentNumber)).size).toBe(40);
  for (const { documentType, documentNumber, phone, email } of normal) {
    expect(documentNumber).toMatch(documentType === 'CC' ? /^10\d{8}$/ : /^\d{6}$/);
    expect(phone).toMatch(/^\+573\d{9}$/);
    // No name of somebody's real domain.
    expect(email ?? 'x@correo.example').toMatch(/@correo\.example$/);
  }
});
