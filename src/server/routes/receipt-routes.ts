import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Receipt, ReceiptAsking, ReceiptToken } from '../../protocol/video/receipt.ts';
import { languageOf } from '../../texts/create-texts.ts';
import { servedCheckPage, savedCheckPage } from '../evidence/check-page.ts';
import type { EvidenceBook } from '../evidence/evidence-book.ts';
import { findReceipt } from '../evidence/read-receipt.ts';
import { clientAddress } from '../policies/client-address.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import { Refusal } from '../policies/refusal.ts';
import { tooMany } from '../policies/too-many.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readKeys } from '../store/evidence-rows.ts';
import { withdrawByReceipt } from '../video/guest-consents.ts';
import { describeRoute } from './describe-route.ts';
import { parse } from './parse.ts';

const PER_SOURCE = { limit: 120, windowMs: 60_000 };
const tag = 'customers';

/** Receipts of what was answered: for who has the token, which stands in no address (ASVS 14.2.1). `folder`: of the pages. */
export function receiptRoutes(
  app: FastifyInstance,
  context: ServerContext,
  book: EvidenceBook,
  folder: string | null,
): void {
  const perSource = new RateLimit(PER_SOURCE);
  const find = async (request: FastifyRequest) => {
    const wait = perSource.take(clientAddress(request.ip), context.clock());
    if (wait !== null) throw tooMany(wait);
    const { token } = parse(ReceiptAsking, request.body);
    const found = ReceiptToken.safeParse(token).success ? await findReceipt(context, token) : null;
    if (!found) throw new Refusal('NOT_FOUND');
    return found;
  };
  const download = (reply: FastifyReply, name: string, type: string, bytes: Buffer | string): FastifyReply =>
    reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(bytes);

  app.post(
    '/v1/receipts',
    describeRoute({
      summary: 'The receipt behind a token: what was shown, when, what was answered, signed',
      tag,
      access: 'none',
      body: ReceiptAsking,
      answers: { 200: Receipt },
    }),
    async (request, reply) => reply.send((await find(request)).receipt satisfies Receipt),
  );

  app.post(
    '/v1/receipts/pdf',
    describeRoute({ summary: 'The same as a PDF', tag, access: 'none', body: ReceiptAsking, answers: { 200: null } }),
    async (request, reply) => {
      const { receipt } = await find(request);
      // Fonts and layout are large, and few ask for it.
      const { receiptPdf } = await import('../../documents/receipt-pdf.ts');
      const bytes = await receiptPdf(receipt, languageOf(receipt.locale));
      return download(reply, `${receipt.signed.statement.folio}.pdf`, 'application/pdf', Buffer.from(bytes));
    },
  );

  app.post(
    '/v1/receipts/file',
    describeRoute({
      summary: 'The same as one HTML file that checks its signature without a network',
      tag,
      access: 'none',
      body: ReceiptAsking,
      answers: { 200: null },
    }),
    async (request, reply) => {
      const { receipt } = await find(request);
      if (folder === null) throw new Refusal('UNAVAILABLE');
      const { signed, text, publicKey } = receipt;
      const script = await readFile(join(folder, 'check.js'), 'utf8');
      const html = savedCheckPage({ id: signed.key, publicKey }, { signed, text }, script);
      return download(reply, `${signed.statement.folio}.html`, 'text/html; charset=utf-8', html);
    },
  );

  app.post(
    '/v1/receipts/withdraw',
    describeRoute({
      summary: 'Takes the acceptance of a receipt back, by the customer’s own token; 409 EXPIRED where there is none',
      tag,
      access: 'none',
      body: ReceiptAsking,
      answers: { 200: Receipt },
    }),
    async (request, reply) => {
      const { consentId, isGuest, receipt } = await find(request);
      // The agent's token shows the receipt, and answers for nobody.
      if (!isGuest) throw new Refusal('NOT_FOUND');
      const userAgent = request.headers['user-agent'] ?? null;
      const token = await withdrawByReceipt(context, book, consentId, { ip: request.ip, userAgent });
      const after = await findReceipt(context, token);
      return reply.send((after?.receipt ?? receipt) satisfies Receipt);
    },
  );

  if (folder === null) return;
  app.get('/check', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(servedCheckPage(await readKeys(context.store.db))),
  );
  app.get('/check.js', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return reply.sendFile('check.js', folder, { maxAge: 0, immutable: false, cacheControl: false });
  });
}
