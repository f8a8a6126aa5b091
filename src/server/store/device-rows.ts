import type { Reader } from './database.ts';

/** A desk, or a kiosk or integration, that was let in once and shows a key since. */
export interface DeviceRow {
  id: string;
  companyId: string;
  /** A kiosk's branch; null for a desk and for an integration of the whole company. */
  branchId: string | null;
  kind: 'desk' | 'kiosk';
  name: string;
  secretHash: Buffer;
}

const live = (db: Reader) =>
  db
    .selectFrom('device')
    .select(['id', 'company_id as companyId', 'branch_id as branchId', 'kind', 'name', 'secret_hash as secretHash'])
    .where('revoked_at', 'is', null);

export const readDevice = (db: Reader, id: string): Promise<DeviceRow | undefined> =>
  live(db).where('id', '=', id).executeTakeFirst();

export const readDeviceBySecret = (db: Reader, secretHash: Buffer): Promise<DeviceRow | undefined> =>
  live(db).where('secret_hash', '=', secretHash).executeTakeFirst();

export async function insertDevice(db: Reader, device: DeviceRow): Promise<void> {
  await db
    .insertInto('device')
    .values({
      id: device.id,
      company_id: device.companyId,
      branch_id: device.branchId,
      kind: device.kind,
      name: device.name,
      secret_hash: device.secretHash,
    })
    .execute();
}
