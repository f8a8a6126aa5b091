import helmet from '@fastify/helmet';
import { fastify, type FastifyInstance, type FastifyBaseLogger } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { RateLimit } from '../policies/rate-limit.ts';
import { clientAddress } from '../policies/client-address.ts';
import { Refusal } from '../policies/refusal.ts';
import { customerPages } from '../routes/customer-pages.ts';
import { consentRoutes } from '../routes/consent-routes.ts';
import { deskRoutes } from '../routes/desk-routes.ts';
import { docsRoutes } from '../routes/docs-routes.ts';
import { handleErrors, refuseUnrouted } from '../routes/error-handler.ts';
import { fileRoutes } from '../routes/file-routes.ts';
import { guestMessageRoutes } from '../routes/guest-message-routes.ts';
import { guestRoutes } from '../routes/guest-routes.ts';
import { transferRoutes } from '../routes/transfer-routes.ts';
import { healthRoutes } from '../routes/health-routes.ts';
import { acceptOnlyJson } from '../routes/json-body.ts';
import { imageRoutes } from '../routes/image-routes.ts';
import { receiptRoutes } from '../routes/receipt-routes.ts';
import { sessionRoutes } from '../routes/session-routes.ts';
import { ticketRoutes } from '../routes/ticket-routes.ts';
import { turnRoutes } from '../routes/turn-routes.ts';
import { uploadRoutes } from '../routes/upload-routes.ts';
import { tooMany } from '../policies/too-many.ts';
import { AnswerLog } from './answer-log.ts';
import { refuseBrokenRequest } from './broken-request.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { Environment } from './environment.ts';
import type { Metrics } from './metrics.ts';
import type { ServerContext } from './server-context.ts';

const LARGEST_BODY = 256 * 1024;
/** A request that has not come in whole by then is answered 408 (trust B8). */
const REQUEST_TIMEOUT_MS = 10_000;
/** Answers 401, 403 and 404 to one source: more are guesses (trust T1, T27). */
const REFUSED_PER_SOURCE = { limit: 300, windowMs: 60_000 };
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

export interface AppOptions {
  context: ServerContext;
  version: string;
  tls: Environment['tls'];
  trustedProxies: string[];
  /** What the build made of the customers' pages; null while there is none. */
  customerFolder: string | null;
  metrics: Metrics;
  metricsToken: string;
  disk: DiskGuard;
  isStopping: () => boolean;
  requestTimeoutMs?: number;
}

/** The server's HTTP side, not yet listening. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { context, tls, trustedProxies, metrics, disk, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const timeouts = {
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 4),
  };
  const common = {
    loggerInstance: context.log as FastifyBaseLogger,
    logController: new AnswerLog(),
    genReqId: () => uuidv7(),
    requestIdHeader: false as const,
    bodyLimit: LARGEST_BODY,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: refuseUnrouted,
  };
  const app = (
    tls
      ? fastify({ ...common, https: { ...tls, minVersion: 'TLSv1.2', ...timeouts } })
      : fastify({ ...common, http: timeouts })
  ) as FastifyInstance;

  // Schemas of routes document; `parse` checks, so that every refusal is one of ours.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  acceptOnlyJson(app);
  handleErrors(app);
  await secure(app, tls !== null);
  limitAndObserve(app, { context, metrics, disk });

  await docsRoutes(app, { version: options.version });
  healthRoutes(app, options);
  ticketRoutes(app, context);
  sessionRoutes(app, context);
  deskRoutes(app, context);
  imageRoutes(app, context);
  guestRoutes(app, context);
  turnRoutes(app, context);
  if (context.evidence) {
    consentRoutes(app, context, context.evidence);
    receiptRoutes(app, context, context.evidence, options.customerFolder);
  }
  if (context.files) {
    fileRoutes(app, context, context.files);
    await uploadRoutes(app, context, context.files);
  }
  guestMessageRoutes(app, context);
  transferRoutes(app, context);
  if (options.customerFolder !== null) await customerPages(app, context, options.customerFolder);
  return app;
}

/** Of an answer with nothing but what `helmet` adds. */
const OTHER_HEADERS = new Set(['connection', 'content-length', 'content-type', 'date']);

/** The headers are the same for every answer: `helmet` makes them once, since it would make them anew for each. */
async function secure(app: FastifyInstance, hasTls: boolean): Promise<void> {
  const model = fastify();
  await register(model, hasTls);
  const { headers: all } = await model.inject('/');
  await model.close();
  const headers = Object.fromEntries(Object.entries(all).filter(([name]) => !OTHER_HEADERS.has(name)));
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

async function register(app: FastifyInstance, hasTls: boolean): Promise<void> {
  const own = ["'self'"];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        imgSrc: [...own, 'data:'],
        fontSrc: own,
        mediaSrc: own,
        connectSrc: own,
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: hasTls ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

function limitAndObserve(
  app: FastifyInstance,
  { context, metrics, disk }: Pick<AppOptions, 'context' | 'metrics' | 'disk'>,
): void {
  const refused = new RateLimit(REFUSED_PER_SOURCE);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
    const wait = refused.waitFor(clientAddress(request.ip), context.clock());
    if (wait !== null) throw tooMany(wait);
    if (!SAFE_METHODS.includes(request.method) && (await disk.isFull())) throw new Refusal('DISK_FULL');
  });

  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status } = reply;
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = reply.elapsedTime;
    metrics.observe({ method, route, status }, milliseconds / 1_000);
    if ([401, 403, 404].includes(status)) refused.take(clientAddress(request.ip), context.clock());
    const line = { requestId: request.id, method, route, status, milliseconds: Math.round(milliseconds) };
    if (status < 400) context.log.debug(line, 'answered');
    else context.log.info({ ...line, ip: request.ip }, 'refused');
    done();
  });
}
