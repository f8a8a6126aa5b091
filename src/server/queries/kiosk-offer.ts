import { documentTypesOf } from '../../domain/contact/document-types.ts';
import type { KioskOffer } from '../../protocol/http/public-api.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readServices, type BranchRow } from '../store/service-rows.ts';
import { readWaiting } from '../store/ticket-rows.ts';
import { readRange } from './read-place.ts';

/** What a kiosk of this branch offers now. */
export async function kioskOffer(context: ServerContext, branch: BranchRow): Promise<KioskOffer> {
  const { db } = context.store;
  const now = context.clock();
  const services = await readServices(db, branch.id);
  const waiting = await readWaiting(db, branch.id);
  return {
    branchName: branch.name,
    companyName: branch.companyName,
    isDemo: branch.isDemo,
    locale: branch.locale,
    timeZone: branch.timeZone,
    serverTime: now,
    documentTypes: [...documentTypesOf(branch.country)],
    services: await Promise.all(
      services.map(async ({ id, slug, name, kind }) => {
        const ahead = waiting.filter(({ serviceId }) => serviceId === id).length;
        const range = await readRange(db, { branch, services, serviceId: id, ahead, now });
        return { slug, name, kind, waiting: ahead, range };
      }),
    ),
  };
}
