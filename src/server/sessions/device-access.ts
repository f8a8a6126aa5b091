import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readDevice, type DeviceRow, type KnownDevice } from '../store/device-rows.ts';
import { readKioskAt } from '../store/kiosk-rows.ts';
import type { BranchRow } from '../store/service-rows.ts';
import { hashSecret } from './secrets.ts';

const Key = z.stringFormat('device-key', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w-]{43}$/);

/** The parts of a device's key, `<id>.<secret>`; null for what is none. */
export function readKey(key: unknown): { id: string; secret: string } | null {
  const { data } = Key.safeParse(key);
  const [id = '', secret = ''] = data?.split('.') ?? [];
  return data === undefined ? null : { id, secret };
}

/**
 * The device whose secret this is; null for a wrong one. Whoever shows the right key of a desk that was revoked, and nobody
 * else, is refused DESK_REVOKED: that desk wipes itself (trust T10).
 */
export function withSecret(device: KnownDevice | null, secret: string): DeviceRow | null {
  if (!device || !timingSafeEqual(device.secretHash, hashSecret(secret))) return null;
  if (device.isRevoked) throw new Refusal('DESK_REVOKED');
  return device;
}

/** Who shows `Authorization: Device <id>.<secret>`; null for nobody of ours. */
export async function findDevice(context: ServerContext, authorization: string | undefined): Promise<DeviceRow | null> {
  const key = readKey(credentialOf(authorization, 'Device'));
  return key && withSecret(await readDevice(context.store.db, key.id), key.secret);
}

/** An enrolled desk, else refused. */
export async function requireDesk(context: ServerContext, authorization: string | undefined): Promise<DeviceRow> {
  const device = await findDevice(context, authorization);
  if (device?.kind !== 'desk') throw new Refusal('UNAUTHENTICATED');
  return device;
}

/**
 * A kiosk or an integration by `Authorization: Bearer <device token>`, with that token, else refused; and the branch that it
 * names, null where that is not its own.
 */
export async function requireKioskAt(
  context: ServerContext,
  authorization: string | undefined,
  slug: string,
): Promise<{ device: DeviceRow & { token: string }; branch: BranchRow | null }> {
  const token = credentialOf(authorization, 'Bearer');
  const found = token ? await readKioskAt(context.store.db, hashSecret(token), slug) : null;
  if (!token || !found) throw new Refusal('UNAUTHENTICATED');
  return { device: { ...found.device, token }, branch: found.branch };
}

/** What follows the scheme in an `Authorization` header. */
export function credentialOf(authorization: string | undefined, scheme: 'Device' | 'Bearer'): string | undefined {
  const [given, credential, ...rest] = (authorization ?? '').split(' ');
  return given?.toLowerCase() === scheme.toLowerCase() && rest.length === 0 ? credential : undefined;
}
