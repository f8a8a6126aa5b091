import { expect, test } from 'vitest';
import { normalDocument, normalEmail, normalizeContact, normalPhone, searchTextOf } from './normalize-contact.ts';

const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    const { code, details } = error as { code: string; details: object };
    return { code, ...details };
  }
  return null;
};

test('[B41] a document loses what people write between its signs, and its letters are capitals', () => {
  const written = ['12.345.678-k', '12345678K', ' 12 345 678 - k ', '1.234.567-2', '20-12345678-6', 'ab123456'];
  expect(written.map(normalDocument)).toEqual([
    '12345678K',
    '12345678K',
    '12345678K',
    '12345672',
    '20123456786',
    'AB123456',
  ]);
  expect([null, undefined, ''].map(normalDocument)).toEqual([null, null, null]);
  for (const wrong of ['123', '1'.repeat(21), 'Ñ1234', '12_34', '½1234', '1234\u200b5']) {
    expect(refusal(() => normalDocument(wrong))).toEqual({ code: 'INVALID_DOCUMENT', field: 'documentNumber' });
  }
});

test('a phone is read as people of the country write it and kept as E.164', () => {
  expect(normalPhone('300 123 4567', 'CO')).toBe('+573001234567');
  expect(normalPhone('(011) 15-2345-6789', 'AR')).toBe('+5491123456789');
  expect(normalPhone('+55 11 91234-5678', 'CO')).toBe('+5511912345678');
  expect(normalPhone('', 'CO')).toBeNull();
  for (const wrong of ['12', 'abc', '+57 1', '300 123 45678 9']) {
    expect(refusal(() => normalPhone(wrong, 'CO'))).toEqual({ code: 'INVALID_PHONE', field: 'phone' });
  }
});

test('an e-mail is kept in lower case', () => {
  expect(normalEmail(' Olga.Niño@Correo.test '.replace('ñ', 'n'))).toBe('olga.nino@correo.test');
  for (const wrong of ['x', 'x@', '@y.test', 'a b@c.test']) {
    expect(refusal(() => normalEmail(wrong))).toEqual({ code: 'INVALID_EMAIL', field: 'email' });
  }
});

test('[B37] names are kept as they are written', () => {
  for (const firstName of ['O’Higgins', "O'Higgins", 'Ñáñez', 'María-José d’Ávila', 'Björk']) {
    expect(normalizeContact({ firstName }, 'CO').firstName).toBe(firstName);
  }
});

test('a document is whole or absent', () => {
  expect(normalizeContact({ documentType: 'CC' }, 'CO')).toMatchObject({ documentType: null, documentNumber: null });
  expect(refusal(() => normalizeContact({ documentNumber: '123456' }, 'CO'))).toEqual({
    code: 'REQUIRED',
    field: 'documentType',
  });
});

test('[B32] what a search looks through has no accents and no capitals, in any composition', () => {
  const contact = {
    documentType: 'CC',
    documentNumber: '12345',
    phone: '+573001234567',
    email: null,
    lastName: 'Núñez',
  };
  const expected = 'jose nunez 12345 +573001234567';
  for (const firstName of ['José', 'Jose\u0301']) expect(searchTextOf({ ...contact, firstName })).toBe(expected);
});
