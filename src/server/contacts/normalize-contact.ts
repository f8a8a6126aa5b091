import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { z } from 'zod';
import type { ContactInput } from '../../protocol/contact.ts';
import { Refusal } from '../policies/refusal.ts';

/** A contact as it is stored: a document is whole or absent, the phone is E.164, the e-mail lower case. */
export interface NormalContact {
  documentType: string | null;
  documentNumber: string | null;
  firstName: string;
  lastName: string;
  phone: string | null;
  email: string | null;
}

const Email = z.email();
const DOCUMENT = /^[0-9A-Z]{4,20}$/;

/** Checks and normalises what a person wrote. `country` (ISO 3166-1) reads phones without prefix. Throws a `Refusal` with the field. */
export function normalizeContact(input: ContactInput, country: string): NormalContact {
  const documentNumber = normalDocument(input.documentNumber);
  return {
    documentType: documentNumber === null ? null : (input.documentType ?? missingType()),
    documentNumber,
    firstName: input.firstName ?? '',
    lastName: input.lastName ?? '',
    phone: normalPhone(input.phone, country),
    email: normalEmail(input.email),
  };
}

/** Dots, spaces and hyphens are how people write it; letters count in capitals (trust B41). */
export function normalDocument(text: string | null | undefined): string | null {
  if (!text) return null;
  const bare = text.replace(/[\s.\-/]/g, '').toUpperCase();
  if (!DOCUMENT.test(bare)) throw new Refusal('INVALID_DOCUMENT', { field: 'documentNumber' });
  return bare;
}

export function normalPhone(text: string | null | undefined, country: string): string | null {
  if (!text) return null;
  const phone = parsePhoneNumberFromString(text, country as CountryCode);
  if (!phone?.isValid()) throw new Refusal('INVALID_PHONE', { field: 'phone' });
  return phone.number;
}

export function normalEmail(text: string | null | undefined): string | null {
  if (!text) return null;
  const email = text.trim().toLowerCase();
  if (!Email.safeParse(email).success) throw new Refusal('INVALID_EMAIL', { field: 'email' });
  return email;
}

function missingType(): never {
  throw new Refusal('REQUIRED', { field: 'documentType' });
}

/** What a search looks through: names without accents, document, phone. */
export const searchTextOf = (contact: NormalContact): string =>
  [`${contact.firstName} ${contact.lastName}`, contact.documentNumber, contact.phone]
    .filter((part) => part !== null)
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
