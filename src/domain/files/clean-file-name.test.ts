import { describe, expect, it } from 'vitest';
import { cleanFileName } from './clean-file-name.ts';
import { attachmentOf } from './content-disposition.ts';
import { kindOfName } from './file-kinds.ts';

describe('cleanFileName', () => {
  it.each([
    ['../../x.pdf', 'x.pdf'],
    ['..\\..\\windows\\x.PDF', 'x.pdf'],
    ['/etc/passwd.pdf', 'passwd.pdf'],
    ['CON.pdf', 'archivo-CON.pdf'],
    ['nul.txt.pdf', 'archivo-nul.txt.pdf'],
    ['COM1.pdf', 'archivo-COM1.pdf'],
    ['console.pdf', 'console.pdf'],
    ['a:b.pdf', 'ab.pdf'],
    ['a<b>"c|d?e*.pdf', 'abcde.pdf'],
    ['....pdf', 'archivo.pdf'],
    ['.pdf', 'archivo.pdf'],
    ['   .pdf', 'archivo.pdf'],
    ['\u200b\u202e.pdf', 'archivo.pdf'],
    ['factura\u202efdp.exe.pdf', 'facturafdp.exe.pdf'],
    ['a\u0000b\u001f\u007f.pdf', 'ab.pdf'],
    ['a\nb\tc.pdf', 'abc.pdf'],
    ['nombre. .pdf', 'nombre.pdf'],
    ['Cañón ñandú 👩‍🦽.pdf', 'Cañón ñandú 👩🦽.pdf'],
    ['José.pdf', 'José.pdf'],
    ['foto.jpeg', 'foto.pdf'],
    ['', 'archivo.pdf'],
    ['\ud800a.pdf', 'a.pdf'],
  ])('[B26] [FI2] shows %j as %j', (name, shown) => {
    expect(cleanFileName(name, 'pdf')).toBe(shown);
  });

  it('[B26] [FI2] keeps a long name short, and its extension', () => {
    for (const letter of ['a', '😀', 'ñ']) {
      const name = cleanFileName(`${letter.repeat(300)}.docx`, 'docx');
      expect(Array.from(name).length).toBeLessThanOrEqual(120);
      expect(name.endsWith(`${letter}.docx`)).toBe(true);
    }
  });

  it('[FI2] is clean already when it is cleaned again', () => {
    for (const name of ['../../x', 'CON', 'nul.txt', 'a:b', '...', ' x . y ', '\u202e', 'a'.repeat(300)]) {
      const once = cleanFileName(name, 'txt');
      expect(cleanFileName(once, 'txt')).toBe(once);
    }
  });
});

it('[FI1] a name promises the kind of its last extension, in any case, and nothing else', () => {
  expect(kindOfName('a.JPEG')?.type).toBe('image/jpeg');
  expect(kindOfName('a.pdf.exe')).toBeNull();
  expect(kindOfName('pdf')).toBeNull();
  expect(kindOfName('a.docm')).toBeNull();
  expect(kindOfName('a.pdf ')?.type).toBe('application/pdf');
});

it('[B26] a name in a header neither ends it nor begins another', () => {
  expect(attachmentOf('a"b\r\nX-Y: 1;ñ.pdf')).toBe(
    `attachment; filename="a_b__X-Y: 1;_.pdf"; filename*=UTF-8''a%22b%0D%0AX-Y%3A%201%3B%C3%B1.pdf`,
  );
});
