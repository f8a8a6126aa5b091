import type { Reader, Writer } from './database.ts';

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

/** A device by its id, which says nothing about who shows it. */
export type KnownDevice = DeviceRow & { isRevoked: boolean };

const devices = (db: Reader) =>
  db
    .selectFrom('device')
    .select(['id', 'company_id as companyId', 'branch_id as branchId', 'kind', 'name', 'secret_hash as secretHash']);

/** A device, revoked ones too. */
export async function readDevice(db: Reader, id: string): Promise<KnownDevice | null> {
  const row = await devices(db).select('revoked_at').where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { revoked_at: revokedAt, ...device } = row;
  return { ...device, isRevoked: revokedAt !== null };
}

/** Waits until nobody else lets agents in at this device or revokes it; returns whether it may be used. */
export async function lockDevice(tx: Writer, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('device')
    .select('revoked_at')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.revoked_at === null;
}

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

/** A desk as its administrators know it. Instants in ms. */
export interface DeskRow {
  id: string;
  companyId: string;
  /** Slug. */
  company: string;
  name: string;
  enrolledAt: number;
  /** E-mail of who signed in there last, and when; null where nobody is on record. */
  lastAgent: string | null;
  lastSignInAt: number | null;
  revokedAt: number | null;
}

/** Every desk that was ever enrolled, by company and name. */
export async function readDesks(db: Reader): Promise<DeskRow[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('company', 'company.id', 'device.company_id')
    .leftJoinLateral(
      (last) =>
        last
          .selectFrom('session')
          .innerJoin('agent', 'agent.id', 'session.agent_id')
          .select(['agent.email', 'session.created_at'])
          .whereRef('session.device_id', '=', 'device.id')
          .orderBy('session.created_at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      'device.id',
      'device.company_id',
      'company.slug',
      'device.name',
      'device.created_at',
      'device.revoked_at',
      'last.email',
      'last.created_at as last_at',
    ])
    .where('device.kind', '=', 'desk')
    .orderBy('company.slug')
    .orderBy('device.name')
    .orderBy('device.created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    companyId: row.company_id,
    company: row.slug,
    name: row.name,
    enrolledAt: row.created_at.getTime(),
    lastAgent: row.email,
    lastSignInAt: row.last_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
  }));
}

/** Returns whether it had not been revoked before. Waits for `lockDevice`, and that for it. */
export async function revokeDevice(tx: Writer, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('device')
    .set({ revoked_at: new Date(at) })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
