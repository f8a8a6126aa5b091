import type { LiveSocket } from '../live/live-view.ts';

/** A socket whose other end is the test. */
export class FakeSocket extends EventTarget implements LiveSocket {
  readyState = 0;
  readonly sent: unknown[] = [];

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  /** The page's own close; the server's answer to it is up to the test. */
  close(): void {
    this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(frame: unknown): void {
    this.hear(JSON.stringify(frame));
  }

  hear(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** `code` is 1006 when nobody said goodbye (RFC 6455). */
  cut(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}
