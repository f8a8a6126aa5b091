import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { Refusal } from '../policies/refusal.ts';
import { statusOf } from '../policies/error-status.ts';
import { askedLanguage, errorBody } from '../policies/error-body.ts';
import { isAskerGone } from './asker-gone.ts';

/** What fails before there is a route: an address that is none. */
export function refuseUnrouted(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void refuse(request, reply, new Refusal('BAD_REQUEST'));
}

/** Everything that goes wrong leaves through here: one shape, in the asker's language, without anything internal. */
export function handleErrors(app: FastifyInstance): void {
  const methods = methodsByPath(app);

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = { error, requestId: request.id, route: request.routeOptions.url };
    if (isAskerGone(error, request)) {
      request.log.info(told, 'the asker went away');
      return refuse(request, reply, new Refusal('BAD_REQUEST'));
    }
    const refusal = refusalOf(error);
    if (statusOf(refusal.code) >= 500) request.log.error(told, 'request failed');
    return refuse(request, reply, refusal);
  });

  app.setNotFoundHandler((request, reply) => {
    const allowed = methods(new URL(request.url, 'http://localhost').pathname);
    if (allowed.length === 0) return refuse(request, reply, new Refusal('NOT_FOUND'));
    reply.header('allow', allowed.join(', '));
    return refuse(request, reply, new Refusal('METHOD_NOT_ALLOWED'));
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const retryAfter = refusal.details.values?.['retryAfterSeconds'];
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (statusOf(refusal.code) === 401) reply.header('www-authenticate', 'Bearer, Device');
  const language = askedLanguage(request.headers['accept-language']);
  return reply
    .code(statusOf(refusal.code))
    .header('content-language', language)
    .type('application/json; charset=utf-8')
    .send(errorBody(refusal, { language, requestId: request.id }));
}

const OF_FASTIFY: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA',
  FST_ERR_CTP_EMPTY_TYPE: 'UNSUPPORTED_MEDIA',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BAD_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BAD_JSON',
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
};

const DISK_FULL = '53100';
const NO_SPACE = 'ENOSPC';
// Classes of PostgreSQL: connection, too many resources, operator's intervention, conflicts of transactions.
const TRY_AGAIN = /^(?:08|53|57|40)[0-9A-Z]{3}$|^(?:ECONN\w+|EPIPE|ETIMEDOUT)$/;
const LOST_CONNECTION = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

function refusalOf(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error;
  const code = OF_FASTIFY[error.code];
  if (code === 'UNSUPPORTED_MEDIA') return new Refusal(code, { values: { expected: 'application/json' } });
  if (code) return new Refusal(code);
  if (error.code === DISK_FULL || error.code === NO_SPACE) return new Refusal('DISK_FULL');
  if (TRY_AGAIN.test(error.code) || LOST_CONNECTION.test(error.message)) return new Refusal('UNAVAILABLE');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal(error.statusCode === 404 ? 'NOT_FOUND' : 'BAD_REQUEST');
  }
  return new Refusal('INTERNAL');
}

/** Which methods the routes of a path know: for `Allow` (trust B7). */
function methodsByPath(app: FastifyInstance): (path: string) => string[] {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*' || url === '/*') return;
    const pattern = url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\*$/, '.*');
    routes.push({ pattern: new RegExp(`^${pattern}$`), methods: [method].flat() });
  });
  return (path) =>
    [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].toSorted();
}
