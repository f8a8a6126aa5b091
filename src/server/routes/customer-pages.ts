import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readBranchBySlug } from '../store/service-rows.ts';
import { english } from '../../texts/english.ts';
import { portuguese } from '../../texts/portuguese.ts';
import { spanish } from '../../texts/spanish.ts';
import { askedLanguage } from '../policies/error-body.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** What a guest's page may ask the browser for; nothing that it might embed may. */
const VIDEO_PERMISSIONS =
  'camera=(self), microphone=(self), speaker-selection=(self), screen-wake-lock=(self), autoplay=(self), ' +
  'display-capture=(), geolocation=()';
const titles = { es: spanish.errors, pt: portuguese.errors, en: english.errors };

/** The customers' pages: static files; what they show they ask for themselves. `folder` is what the build made of them. */
export async function customerPages(app: FastifyInstance, context: ServerContext, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    wildcard: true,
    index: false,
    dotfiles: 'ignore',
    // The names hold a hash of the content.
    immutable: true,
    maxAge: YEAR_MS,
  });
  // Held in no cache: the page names the files of the version that serves it.
  const page = (reply: FastifyReply, name: string) =>
    reply.sendFile(`${name}/index.html`, folder, { maxAge: 0, immutable: false, cacheControl: false });

  for (const name of ['kiosk', 'display'] as const) {
    app.get<{ Params: { branch: string } }>(`/${name}/:branch`, { schema: { hide: true } }, async (request, reply) => {
      const branch = await readBranchBySlug(context.store.db, request.params.branch);
      reply.header('cache-control', 'no-cache');
      return branch ? page(reply, name) : noSuchPage(request, reply);
    });
  }
  app.get('/turn', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return page(reply, 'turn');
  });
  // A page like any other for whoever fetches it, a preview of the link too: it is entered by a request of its own (trust T1).
  app.get('/video', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    reply.header('permissions-policy', VIDEO_PERMISSIONS);
    return page(reply, 'video');
  });
  // The token stands in the fragment.
  app.get('/receipt', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return page(reply, 'receipt');
  });
  // Lets the pages of a branch and of a turn open without the line; the browser looks for a new version of it by itself.
  app.get('/service-worker.js', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return reply.sendFile('service-worker.js', folder, { maxAge: 0, immutable: false, cacheControl: false });
  });
}

function noSuchPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!request.headers.accept?.includes('text/html')) throw new Refusal('NOT_FOUND');
  const language = askedLanguage(request.headers['accept-language']);
  const words = titles[language].NOT_FOUND;
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>404</title><main><h1>404</h1><p>${words}</p></main></html>`,
    );
}
