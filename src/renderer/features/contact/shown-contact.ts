import type { Contact, ContactField } from '../../../protocol/contact.ts';
import { formatDocument } from '../../../texts/format-document.ts';
import { formatPhone } from '../../../web/ui/words/format-phone.ts';

/** The fields as people read them: the document with its dots, the phone in groups. */
export function shownContact(contact: Contact): Record<ContactField, string> {
  return {
    firstName: contact.firstName,
    lastName: contact.lastName,
    documentType: contact.documentType ?? '',
    documentNumber:
      contact.documentNumber === null
        ? ''
        : formatDocument(contact.documentType, contact.documentNumber).replace(`${contact.documentType} `, ''),
    phone: contact.phone === null ? '' : formatPhone(contact.phone),
    email: contact.email ?? '',
  };
}
