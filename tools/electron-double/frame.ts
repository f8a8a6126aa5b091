/** The parts of Electron's frames and messages, for windows without or with a Chromium behind them. */
import type { EventEmitter } from 'node:events';

type FrameShape = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'isDestroyed' | 'send'>;

/** A frame in which some page runs. `parent` is set for those inside of another. */
export class DoubleFrame implements FrameShape {
  readonly parent: DoubleFrame | null;
  readonly url: string;
  /** What main sent to this frame alone. */
  readonly sent: unknown[] = [];
  #isDestroyed = false;

  constructor(url: string, parent: DoubleFrame | null = null) {
    this.url = url;
    this.parent = parent;
  }

  /** As Chromium serializes it; `URL` of Node knows no origin of schemes other than its own. */
  get origin(): string {
    const match = /^([a-z][a-z0-9+.-]*:)\/\/([^/?#]*)/i.exec(this.url);
    return match ? `${match[1]}//${match[2]}`.toLowerCase() : 'null';
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  send(_channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    this.sent.push(...args);
  }

  destroy(): void {
    this.#isDestroyed = true;
  }
}

/** An event that listeners may prevent. */
export class DoubleEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** @returns whether a listener prevented it */
export function emitPreventable(emitter: EventEmitter, name: string, extra: object = {}, ...args: unknown[]): boolean {
  const event = Object.assign(new DoubleEvent(), extra);
  emitter.emit(name, event, ...args);
  return event.defaultPrevented;
}
