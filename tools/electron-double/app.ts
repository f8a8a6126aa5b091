/** The application: its life from `ready` to `quit`, one instance for each folder of user data. */
import { EventEmitter } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoubleSettings } from './settings.ts';
import { emitPreventable } from './frame.ts';

type AppShape = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getName'
  | 'getVersion'
  | 'getAppPath'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'enableSandbox'
  | 'getPreferredSystemLanguages'
  | 'isPackaged'
>;

export class DoubleApp extends EventEmitter implements AppShape {
  readonly isPackaged: boolean;
  /** What was asked of the system. */
  readonly asked = { protocols: [] as string[], modelId: '', isSandboxed: false };
  /** Windows close before the application quits; set by the module that has them. */
  closeWindows: () => boolean = () => true;
  /** The end of the process; a test in the same process puts its own here. */
  leave: (code: number) => void = (code) => process.exit(code);
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #badge = 0;

  constructor({ isPackaged, appData }: DoubleSettings) {
    super();
    this.isPackaged = isPackaged;
    this.#paths.set('appData', appData);
    this.#paths.set('userData', join(appData, 'Ventanilla'));
    // After the main script has run, as in Electron, where a script that awaits before `ready` would wait for ever too.
    setImmediate(() => {
      this.#isReady = true;
      this.emit('ready', {}, {});
      this.#ready.resolve();
    });
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  mustBeReady(what: string): void {
    if (!this.#isReady) throw new Error(`${what} before app is ready`);
  }

  mustNotBeReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} after app is ready`);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getName(): string {
    return 'Ventanilla';
  }

  getVersion(): string {
    return '0.1.0';
  }

  getAppPath(): string {
    return process.cwd();
  }

  getPreferredSystemLanguages(): string[] {
    return ['es-CO'];
  }

  enableSandbox(): void {
    this.mustNotBeReady('enableSandbox');
    this.asked.isSandboxed = true;
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.asked.protocols.push(protocol);
    return true;
  }

  setAppUserModelId(id: string): void {
    this.asked.modelId = id;
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  /** The first process of a folder has the lock; it hears the arguments of the later ones. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const [lock, mail] = [join(folder, 'double.lock'), join(folder, 'double.mail')];
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      const first = Number(readFileSync(lock, 'utf8'));
      appendFileSync(mail, `${JSON.stringify(process.argv)}\n`);
      process.kill(first, 'SIGUSR2');
      return false;
    }
    process.on('exit', () => rmSync(lock, { force: true }));
    process.on('SIGUSR2', () => {
      for (const line of readFileSync(mail, 'utf8').trim().split('\n')) {
        this.emit('second-instance', {}, JSON.parse(line), process.cwd(), undefined);
      }
      rmSync(mail);
    });
    return true;
  }

  quit(): void {
    if (this.#isQuitting || emitPreventable(this, 'before-quit')) return;
    if (!this.closeWindows()) return;
    if (emitPreventable(this, 'will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    this.#isQuitting = true;
    this.emit('quit', {}, code);
    this.leave(code);
    // Only a test in the same process comes back from this.
    this.#isQuitting = false;
  }
}
