import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, documentLast4, shortName } from './display-name.ts';
import { headerNames } from './header-names.ts';

describe('displayName', () => {
  it('[S2-10] [NM1] [B37] has first names and first surname with its particles', () => {
    const names = [
      ['María José', 'Ortiz Peña', 'María José Ortiz'],
      ['Ana', 'de la Cruz Pérez', 'Ana de la Cruz'],
      ['João', 'dos Santos Silva', 'João dos Santos'],
      ['María-José', "d'Ávila", "María-José d'Ávila"],
      ['Bernardo', "O'Higgins Riquelme", "Bernardo O'Higgins"],
      ['Ñusta', 'Ñáñez', 'Ñusta Ñáñez'],
      ['Shakira', '', 'Shakira'],
      ['', 'Ortiz Peña', 'Ortiz'],
      ['  Luis  ', '  Rojas\tDíaz ', 'Luis Rojas'],
      ['Xu', 'de la', 'Xu de la'],
    ];
    for (const [first = '', last = '', expected] of names) expect(displayName(first, last)).toBe(expected);
  });

  it('[NM1] is null when there is no name', () => {
    expect(displayName('', ' ')).toBeNull();
  });

  it('[B32] [NM1] writes one name in one way', () => {
    expect(displayName('José'.normalize('NFD'), 'Ñáñez'.normalize('NFD'))).toBe('José Ñáñez');
  });
});

describe('shortName', () => {
  it('[T21] [NM2] has the first name and the initial of the first surname', () => {
    expect(shortName('María José', 'Ortiz Peña')).toBe('María O.');
    expect(shortName('Ana', 'de la Cruz')).toBe('Ana C.');
    expect(shortName('Luis', 'ñáñez')).toBe('Luis Ñ.');
    expect(shortName('Luis', 'Álvarez'.normalize('NFD'))).toBe('Luis Á.');
    expect(shortName('Shakira', '')).toBe('Shakira');
    expect(shortName('', 'Ortiz')).toBeNull();
  });

  it('[T21] [NM2] never shows a surname', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zñáé]{2,12}( [a-zñáé]{2,12})?$/u), (surname) => {
        expect(shortName('MARÍA', surname)).toMatch(/^MARÍA \p{Lu}\.$/u);
      }),
    );
  });
});

describe('documentLast4', () => {
  it('[S2-10] [NM1] has the last four letters or digits', () => {
    expect(documentLast4('1.020.304.567')).toBe('4567');
    expect(documentLast4('12.345.678-K')).toBe('678K');
    expect(documentLast4('AB-12345')).toBe('2345');
  });

  it('[T11] [NM3] is null where it would be the whole document', () => {
    for (const document of ['', '1234', '12-34', '...']) expect(documentLast4(document)).toBeNull();
  });
});

describe('headerNames', () => {
  it('[NM1] says nothing of a customer of whom nothing is known', () => {
    const nothing = { displayName: null, documentType: null, documentLast4: null };
    expect(headerNames({})).toEqual(nothing);
    expect(headerNames({ firstName: '', lastName: '', documentType: 'CC', documentNumber: null })).toEqual(nothing);
  });

  it('[NM1] takes name and document of a contact', () => {
    expect(
      headerNames({ firstName: 'María', lastName: 'Ortiz Peña', documentType: 'CC', documentNumber: '1020304567' }),
    ).toEqual({ displayName: 'María Ortiz', documentType: 'CC', documentLast4: '4567' });
  });
});
