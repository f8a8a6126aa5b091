import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Consent, GuestConsent } from '../protocol/video/consent.ts';
import { Receipt } from '../protocol/video/receipt.ts';
import { checkReceipt, isSigned, unpackReceipt } from '../customer/check/check-receipt.ts';
import { serverProcesses, type ServerProcess } from './testing/server-process.ts';
import { openVideo, type OpenVideo } from './testing/open-video.ts';

const processes = serverProcesses();
let server: ServerProcess;
let video: OpenVideo;
beforeAll(async () => {
  server = processes.start();
  video = await openVideo(await server.ready);
}, 60_000);
afterAll(async () => {
  video.close();
  await processes.close();
});

const ask = async (text = 'Contrato por doce meses.\n\nÑandú & <b>"comillas"</b>.'): Promise<Consent> => {
  const { ticketId, attentionId, epoch } = video.quoted;
  const body = { type: 'consent.ask', ticketId, attentionId, epoch, termsId: null, title: 'Contrato', text };
  const coming = video.agentHears((consent) => consent.state === 'asked');
  expect(await video.command({ id: uuidv7(), body })).toMatchObject({ status: 'accepted' });
  return coming;
};
const answer = async (consent: Consent, what: 'accepted' | 'refused'): Promise<GuestConsent> => {
  const { id, sha256 } = consent;
  expect((await video.asGuest(`/v1/guest/consents/${id}/opened`, { sha256 })).status).toBe(200);
  const answered = await video.asGuest(`/v1/guest/consents/${id}/answer`, { sha256, answer: what });
  expect(answered.status).toBe(200);
  return (await answered.json()) as GuestConsent;
};
const tokenOf = (url: string | null): string => url?.split('#')[1] ?? '';
const receiptOf = async (url: string | null): Promise<Receipt> => {
  const response = await video.post('/v1/receipts', { token: tokenOf(url) });
  return Receipt.parse(await response.json());
};
const verify = async () => {
  const { code, said } = await processes.admin(['consent', 'verify', '--json']);
  return { code, ...(JSON.parse(said) as { folios: number; problems: { where: string }[] }) };
};
const journalPath = (): string => {
  const folder = join(processes.dataFolder, 'evidence', 'server-1');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
};

test('[S2-41] [T24] [B67] asked by command, seen by the guest’s socket, accepted, and proven to both and to the command line', async () => {
  const shown = video.guestSees(({ consent }) => consent?.state === 'asked');
  const consent = await ask();
  expect((await shown).consent).toMatchObject({ id: consent.id, text: consent.text });
  const heard = video.agentHears(({ state }) => state === 'accepted');
  const accepted = await answer(consent, 'accepted');
  const seen = await heard;
  expect(seen.folio).toBe(accepted.folio);
  expect((await video.guestSees(({ receipts }) => receipts !== undefined)).receipts).toMatchObject([
    { folio: accepted.folio },
  ]);

  const [own, agents] = [await receiptOf(accepted.receiptUrl), await receiptOf(seen.receiptUrl)];
  expect(own).toMatchObject({ text: consent.text, state: 'accepted', mayWithdraw: true });
  expect(agents).toMatchObject({ text: consent.text, signed: own.signed, mayWithdraw: false });
  expect(own.signed.statement).toMatchObject({ act: 'accepted', button: 'accept', company: 'Demo Telecom' });

  const pdf = await video.post('/v1/receipts/pdf', { token: tokenOf(accepted.receiptUrl) });
  expect(pdf.headers.get('content-disposition')).toBe(`attachment; filename="${accepted.folio}.pdf"`);
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(await verify()).toMatchObject({ code: 0, problems: [] });
});

test('[S2-41] [T24] the agent’s own token fetches the same receipt as a PDF, and nobody’s fetches none', async () => {
  const heard = video.agentHears(({ state }) => state === 'accepted');
  const { folio, receiptUrl } = await answer(await ask(), 'accepted');
  const agents = tokenOf((await heard).receiptUrl);
  expect(agents).not.toBe(tokenOf(receiptUrl));
  for (const token of [agents, tokenOf(receiptUrl)]) {
    const pdf = await video.post('/v1/receipts/pdf', { token });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.headers.get('content-disposition')).toBe(`attachment; filename="${folio}.pdf"`);
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    // In its title, as PDF has text beyond ASCII.
    expect(bytes.includes(Buffer.from(folio ?? '', 'utf16le').swap16())).toBe(true);
  }
  const none = await video.post('/v1/receipts/pdf', {
    token: `${agents.slice(0, -1)}${agents.endsWith('A') ? 'E' : 'A'}`,
  });
  expect([none.status, await none.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
});

test('[T24] the code of a receipt is checked without the server; a byte of text, time or order that is another fails', async () => {
  const { receiptUrl } = await answer(await ask('Corto.'), 'accepted');
  const { checkUrl, publicKey, signed } = await receiptOf(receiptUrl);
  const carried = await unpackReceipt(checkUrl.split('#')[1] ?? '');
  if (!carried) throw new Error('no receipt in the code');
  const keys = [{ id: signed.key, publicKey }];
  expect(await checkReceipt(carried, keys)).toMatchObject({ state: 'good', text: 'good' });
  expect(await checkReceipt({ ...carried, text: 'Corto!' }, keys)).toMatchObject({ text: 'bad' });
  expect(await isSigned('  Corto. \r\n', signed)).toBe(true);
  for (const [field, value] of Object.entries(signed.statement)) {
    const other = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;
    const altered = { signed: { ...signed, statement: { ...signed.statement, [field]: other } } };
    expect({ field, ...(await checkReceipt(altered as never, keys)) }).toMatchObject({ field, state: 'bad' });
  }
  expect(await checkReceipt(carried, [])).toMatchObject({ state: 'unknownKey' });
  expect(await unpackReceipt('x'.repeat(50))).toBeNull();
});

test('[B67] an agent’s session, a stranger and nobody answer for no guest', async () => {
  const consent = await ask();
  const path = `/v1/guest/consents/${consent.id}/answer`;
  const body = { sha256: consent.sha256, answer: 'accepted' };
  expect((await video.asAgent(path, body)).status).toBe(403);
  expect((await video.post(path, body)).status).toBe(401);
  expect((await video.post(path, body, { cookie: `__Host-guest=${'x'.repeat(43)}` })).status).toBe(404);
  const notShown = await video.asGuest(path, body);
  expect([notShown.status, await notShown.json()]).toMatchObject([409, { code: 'NOT_SHOWN' }]);
  await answer(consent, 'refused');
  const agents = await video.post('/v1/receipts/withdraw', { token: 'x'.repeat(43) });
  expect(agents.status).toBe(404);
});

test('[S2-41] the customer’s receipt takes the acceptance back; the agent’s does not', async () => {
  const heard = video.agentHears(({ state }) => state === 'accepted');
  const consent = await ask();
  const { receiptUrl } = await answer(consent, 'accepted');
  const agents = await heard;
  expect((await video.post('/v1/receipts/withdraw', { token: tokenOf(agents.receiptUrl) })).status).toBe(404);
  const response = await video.post('/v1/receipts/withdraw', { token: tokenOf(receiptUrl) });
  const after = Receipt.parse(await response.json());
  expect(after).toMatchObject({ state: 'withdrawn', mayWithdraw: false, signed: { statement: { act: 'withdrawn' } } });
  const again = await video.post('/v1/receipts/withdraw', { token: tokenOf(receiptUrl) });
  expect(Receipt.parse(await again.json()).signed).toEqual(after.signed);
  expect(await receiptOf(receiptUrl)).toMatchObject({ state: 'withdrawn', signed: { statement: { act: 'accepted' } } });
});

test('[T2] [T26] neither receipt nor guest’s frames nor journal nor log say who the customer is, or more of the agent than is shown', () => {
  const journal = readFileSync(journalPath(), 'utf8');
  const said = [journal, JSON.stringify(video.guestFrames()), server.said()].join('\n');
  expect(journal.split('\n').length).toBeGreaterThan(3);
  for (const canary of [video.canary, '1023456789', 'luis@demo.test', 'Peña']) expect(said).not.toContain(canary);
  expect(statSync(journalPath()).mode & 0o077).toBe(0);
  expect(statSync(join(journalPath(), '..', 'signing-key.pem')).mode & 0o077).toBe(0);
});

test('[T24] [R18] a byte of the journal is another: the command line names the line; a backup carries the chain', async () => {
  const text = readFileSync(journalPath(), 'utf8');
  writeFileSync(journalPath(), text.replace('"refuse"', '"accept"'));
  const { code, problems } = await verify();
  expect(code).toBe(65);
  expect(problems).toHaveLength(1);
  expect((await processes.admin(['backup', '--to', join(processes.folder, 'bad')])).code).toBe(0);
  writeFileSync(journalPath(), text);
  const to = join(processes.folder, 'backup');
  expect((await processes.admin(['backup', '--to', to])).code).toBe(0);
  expect((await processes.admin(['verify', '--from', to])).code).toBe(0);
  const kept = join(to, 'evidence', 'server-1', readdirSync(join(to, 'evidence', 'server-1'))[0] ?? '');
  expect(readFileSync(kept, 'utf8')).toBe(text);
  writeFileSync(kept, text.replace('"refuse"', '"accept"'));
  const verified = await processes.admin(['verify', '--from', to]);
  expect([verified.code, verified.said]).toEqual([65, expect.stringContaining(kept) as string]);
});
