import { isLoopback } from './is-loopback.ts';

/** Where a server is to be found. */
interface Whereabouts {
  publicUrl: string;
  /** What it listens on. */
  address: string;
  port: number;
  hasTls: boolean;
}

const ON_THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a page comes from this server (trust T14): from its public address or, when it listens on loopback alone, from this
 * machine. What the request says of its own host is no proof: with a name that is bound anew, any page can say the same.
 */
export function isOwnOrigin(origin: string | undefined, { publicUrl, address, port, hasTls }: Whereabouts): boolean {
  if (origin === undefined) return false;
  if (origin === new URL(publicUrl).origin) return true;
  if (!isLoopback(address)) return false;
  const protocol = hasTls ? 'https' : 'http';
  return ON_THIS_MACHINE.some((name) => origin === new URL(`${protocol}://${name}:${port}`).origin);
}
