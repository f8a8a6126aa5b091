/** The default session and the schemes of our own. */
import { request as requestPlainly, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { app } from './machine.ts';

type Handler = (request: Request) => Response | Promise<Response>;

export class DoubleProtocol implements Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'isProtocolHandled'
> {
  readonly schemes: Electron.CustomScheme[] = [];
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    app.mustNotBeReady('registerSchemesAsPrivileged');
    this.schemes.push(...schemes);
  }

  handle(scheme: string, handler: Handler): void {
    app.mustBeReady('protocol.handle');
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** What the handler of its scheme answers to a GET of this address; null without one. */
  answer = async (url: string, method = 'GET'): Promise<Response | null> => {
    const handler = this.#handlers.get(url.slice(0, url.indexOf(':')));
    return handler === undefined ? null : handler(new Request(url, { method }));
  };
}

export const protocol: DoubleProtocol = new DoubleProtocol();

type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type DeviceHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0];
type DisplayHandler = Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0];
type BeforeRequest = (
  details: Pick<Electron.OnBeforeRequestListenerDetails, 'url'>,
  answer: (response: Electron.CallbackResponse) => void,
) => void;

export class DoubleSession implements Pick<
  Electron.Session,
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
> {
  checkHandler: CheckHandler = null;
  requestHandler: RequestHandler = null;
  deviceHandler: DeviceHandler = null;
  displayHandler: DisplayHandler = null;
  #beforeRequest: BeforeRequest | null = null;
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null): void => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.requestHandler = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.deviceHandler = handler;
  }

  setDisplayMediaRequestHandler(handler: DisplayHandler): void {
    app.mustBeReady('setDisplayMediaRequestHandler');
    this.displayHandler = handler;
  }

  mayRequest = (url: string): boolean => {
    let isCancelled = false;
    this.#beforeRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel === true;
    });
    return !isCancelled;
  };
}

const partitions = new Map<string, DoubleSession>();

export const session = {
  defaultSession: new DoubleSession(),
  /** A session of its own, with none of the default one's handlers. */
  fromPartition: (name: string): DoubleSession => {
    const known = partitions.get(name) ?? new DoubleSession();
    partitions.set(name, known);
    return known;
  },
};

/** Requests of main, through Node's own client. */
export const net = {
  request: (options: RequestOptions): ClientRequest =>
    (options.protocol === 'https:' ? requestSecurely : requestPlainly)(options),
};
