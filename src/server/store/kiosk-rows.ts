import type { Reader } from './database.ts';
import type { DeviceRow } from './device-rows.ts';
import { branches, type BranchRow } from './service-rows.ts';

/**
 * The kiosk or integration with that secret, unless it was revoked, and the branch that it names by its slug, or by
 * `company.branch` as in the addresses of a server with several companies: null where there is none, or none that is its own.
 */
export async function readKioskAt(
  db: Reader,
  secretHash: Buffer,
  slug: string,
): Promise<{ device: DeviceRow; branch: BranchRow | null } | null> {
  const [first = '', second] = slug.split('.', 2);
  const named = branches(db)
    .select('company.slug as companySlug')
    .where('branch.slug', '=', second ?? first)
    .$if(second !== undefined, (query) => query.where('company.slug', '=', first));
  const row = await db
    .selectFrom('device')
    .leftJoin(named.as('place'), (join) =>
      join
        .onRef('place.companyId', '=', 'device.company_id')
        .on((on) => on.or([on('device.branch_id', 'is', null), on('device.branch_id', '=', on.ref('place.id'))])),
    )
    .selectAll('place')
    .select([
      'device.id as deviceId',
      'device.company_id as deviceCompanyId',
      'device.branch_id as deviceBranchId',
      'device.name as deviceName',
    ])
    .where('device.secret_hash', '=', secretHash)
    .where('device.kind', '=', 'kiosk')
    .where('device.revoked_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { deviceId: id, deviceCompanyId: companyId, deviceBranchId: branchId, deviceName: name, ...place } = row;
  const device: DeviceRow = { id, companyId, branchId, kind: 'kiosk', name, secretHash };
  return { device, branch: place.id === null ? null : (place as BranchRow) };
}
