import { expect, test } from 'vitest';
import type { Receipt } from '../protocol/video/receipt.ts';
import { LANGUAGES } from '../texts/languages.ts';
import { receiptLines } from './receipt-lines.ts';
import { receiptPdf } from './receipt-pdf.ts';

const hash = 'ab'.repeat(32);
const id = '01a201af-003b-77c0-846d-33e6673a5b62';
const receipt: Receipt = {
  signed: {
    statement: {
      format: 'ventanilla-evidence-1',
      journal: id,
      sequence: 12,
      previous: hash,
      act: 'withdrawn',
      folio: '7K3Q-9M2H-4TXD',
      withdraws: '1111-2222-3333',
      consent: id,
      attention: id,
      company: 'Demo Telecom',
      branch: 'Sucursal Centro',
      service: 'Asesoría virtual',
      turnCode: 'A-012',
      agent: 'Luis',
      module: null,
      channel: 'video',
      title: 'Contratación',
      version: '2',
      language: 'es',
      textSha256: hash,
      isRequired: true,
      askedAt: '2026-11-22T17:00:00.000Z',
      openedAt: '2026-11-22T17:00:05.120Z',
      readAt: null,
      button: 'withdraw',
      cause: null,
      at: '2026-11-23T03:01:10.555Z',
      timeZone: 'America/Bogota',
      details: hash,
    },
    key: '0123456789abcdef',
    signature: 'x'.repeat(86),
  },
  publicKey: 'y'.repeat(43),
  text: 'Ñandú “uno”\n\nhttp://127.0.0.1:9/x.png file:///etc/passwd',
  locale: 'es-CO',
  state: 'withdrawn',
  mayWithdraw: false,
  checkUrl: `https://ventanilla.test/check#${'a'.repeat(700)}`,
};

test.each(LANGUAGES)(
  '[T24] a receipt is a PDF in %s, its own fonts in it, and nothing is read or fetched for it',
  async (language) => {
    const bytes = Buffer.from(await receiptPdf(receipt, language));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const text = bytes.toString('latin1');
    expect(text).toContain('/FontFile2');
    expect(text).not.toContain('/URI');
  },
);

test('[T24] every line of a receipt has words, both hours, and the day of the branch', () => {
  const lines = receiptLines(receipt.signed, 'es');
  expect(lines.every(({ label, value }) => label !== '' && value !== '')).toBe(true);
  const { value } = lines.find(({ label }) => label === 'Registrado')!;
  expect(value).toMatch(/^22\/11\/2026.*22:01:10.*\(2026-11-23T03:01:10\.555Z\)$/);
  expect(lines.map(({ value: each }) => each)).toContain('1111-2222-3333');
});
