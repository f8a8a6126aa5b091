import type { ContactInput } from '../../protocol/contact.ts';

const FIRST_NAMES = [
  'María Fernanda', 'José', 'Luz Marina', 'Carlos Andrés', 'Ximena', 'Óscar', 'Yolanda', 'Iván Darío', 'Beatriz', 'Álvaro',
  'Paula Andrea', 'Germán', 'Inés', 'Wilson', 'Rocío', 'Hernán', 'Nubia', 'Éver', 'Camila', 'Jorge Eliécer',
]; // prettier-ignore
const LAST_NAMES = [
  'Ortiz Salcedo', 'Ñáñez Muñoz', 'de la Cruz', 'Peñaranda', "O'Higgins", 'Gutiérrez Páez', 'Quiñones', 'Rodríguez Ávila',
  'Castaño Gil', 'Bohórquez', 'Zúñiga', 'Londoño Arias', 'Saavedra', 'Ibáñez Duque', 'Cárdenas', 'Montoya Ruiz',
]; // prettier-ignore
const MOBILE_PREFIXES = ['300', '301', '310', '311', '312', '313', '315', '316', '318', '320'];

export const DEMO_CONTACTS = 40;

/** People who do not exist, the same ones each time: documents of ten digits, as Colombia gives them since 2003. */
export function demoContacts(): ContactInput[] {
  const next = sequence(20_260_723);
  const below = (limit: number): number => Math.floor(next() * limit);
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
  const pick = (values: string[]): string => values[below(values.length)] ?? '';
  return Array.from({ length: DEMO_CONTACTS }, (_, index): ContactInput => {
    const isForeign = index % 13 === 12;
    const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
    return {
      documentType: isForeign ? 'CE' : 'CC',
      // The number counts up, so that no two are equal.
      documentNumber: isForeign
        ? `4${String(index).padStart(2, '0')}${digits(3)}`
        : `10${String(index + 10)}${digits(6)}`,
      firstName,
      lastName: pick(LAST_NAMES),
      phone: `+57${pick(MOBILE_PREFIXES)}${digits(7)}`,
      ...(index % 3 !== 2 && { email: `cliente${index + 1}@correo.example` }),
    };
  });
}

/** A sequence of chance from 0 to 1 that a seed fixes (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
