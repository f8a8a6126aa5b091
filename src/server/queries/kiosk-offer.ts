import type { KioskOffer } from '../../protocol/http/public-api.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readServices, type BranchRow } from '../store/service-rows.ts';
import { readWaiting } from '../store/ticket-rows.ts';
import { readRange } from './read-place.ts';

/** Kinds of document by country, the usual one first. */
const DOCUMENT_TYPES: Record<string, string[]> = {
  AR: ['DNI', 'CUIT', 'PASAPORTE'],
  BR: ['CPF', 'RG', 'PASAPORTE'],
  CL: ['RUT', 'PASAPORTE'],
  CO: ['CC', 'CE', 'NIT', 'PASAPORTE'],
  EC: ['CI', 'RUC', 'PASAPORTE'],
  MX: ['CURP', 'RFC', 'INE', 'PASAPORTE'],
  PE: ['DNI', 'CE', 'RUC', 'PASAPORTE'],
  UY: ['CI', 'RUT', 'PASAPORTE'],
};

/** What a kiosk of this branch offers now. A service of video is left out until video can be attended. */
export async function kioskOffer(context: ServerContext, branch: BranchRow): Promise<KioskOffer> {
  const { db } = context.store;
  const now = context.clock();
  const services = await readServices(db, branch.id);
  const waiting = await readWaiting(db, branch.id);
  const offered = services.filter(({ kind }) => kind === 'counter');
  return {
    branchName: branch.name,
    companyName: branch.companyName,
    isDemo: branch.isDemo,
    locale: branch.locale,
    timeZone: branch.timeZone,
    serverTime: now,
    documentTypes: DOCUMENT_TYPES[branch.country] ?? ['DNI', 'PASAPORTE'],
    services: await Promise.all(
      offered.map(async ({ id, slug, name }) => {
        const ahead = waiting.filter(({ serviceId }) => serviceId === id).length;
        const range = await readRange(db, { branch, services, serviceId: id, ahead, now });
        return { slug, name, waiting: ahead, range };
      }),
    ),
  };
}
