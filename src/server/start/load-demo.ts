import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { oneTimePassword } from '../admin/one-time-password.ts';
import { setUpOffice } from '../admin/set-up-office.ts';
import { normalizeContact } from '../contacts/normalize-contact.ts';
import { newSecret } from '../sessions/secrets.ts';
import { insertContact } from '../store/contact-rows.ts';
import { hasCompany, hasDemo } from '../store/office-rows.ts';
import { readDataFile, writeDataFile } from './data-file.ts';
import { demoContacts } from './demo-contacts.ts';
import { demoOffice } from './demo-office.ts';
import type { ServerContext } from './server-context.ts';

const DemoSecrets = z.object({
  password: z.string(),
  /** Good for every branch of the demo. */
  deviceToken: z.string(),
  /** By slug of the branch. */
  kioskTokens: z.record(z.string(), z.string()),
});
export type DemoSecrets = z.infer<typeof DemoSecrets>;

const secretsFile = (dataFolder: string): string => join(dataFolder, 'demo.json');
const wipedFile = (dataFolder: string): string => join(dataFolder, 'demo-wiped');

/** From now on a database without a company stays so. */
export function forgetDemo(dataFolder: string): void {
  writeDataFile(wipedFile(dataFolder), '');
  rmSync(secretsFile(dataFolder), { force: true });
}

/** Loads the demo office into a database that has no company yet. Its secrets are made once and kept in the data folder. */
export async function loadDemo(context: ServerContext, dataFolder: string): Promise<void> {
  if (existsSync(wipedFile(dataFolder)) || (await hasCompany(context.store.db))) return;
  const secrets = readSecrets(dataFolder) ?? makeSecrets(dataFolder);
  await setUpOffice(
    context,
    demoOffice,
    {
      password: () => ({ password: secrets.password, mustChange: false }),
      token: (branch) => (branch === null ? secrets.deviceToken : (secrets.kioskTokens[branch] ?? newSecret())),
    },
    async (work, companyId) => {
      for (const input of demoContacts()) {
        const contact = normalizeContact(input, demoOffice.company.country);
        await insertContact(work.tx, companyId, uuidv7(), contact, { agentId: null, at: work.now });
      }
    },
  );
  context.log.info('the demo office is loaded');
}

/** The demo's secrets while the database holds the demo, else null. */
export async function readDemo(context: ServerContext, dataFolder: string): Promise<DemoSecrets | null> {
  return (await hasDemo(context.store.db)) ? readSecrets(dataFolder) : null;
}

/** The demo as the ready line tells it. */
export const demoFacts = ({ password, deviceToken }: DemoSecrets) => {
  const services = new Map(
    demoOffice.branches.flatMap(({ departments }) =>
      departments.flatMap((department) => department.services.map(({ slug, name }) => [slug, name] as const)),
    ),
  );
  const names = (slugs: string[]): string[] => slugs.flatMap((slug) => services.get(slug) ?? []);
  return {
    password,
    deviceToken,
    agents: demoOffice.agents.map(({ email, role, branches, main, support }) => ({
      email,
      role,
      branch: branches[0],
      main: names(main),
      support: names(support),
    })),
  };
};

function readSecrets(dataFolder: string): DemoSecrets | null {
  const text = readDataFile(secretsFile(dataFolder));
  return text === null ? null : DemoSecrets.parse(JSON.parse(text));
}

/** On the disk before the database has them: a start that is cut between the two finds them again. */
function makeSecrets(dataFolder: string): DemoSecrets {
  const offices = demoOffice.branches.filter(({ kiosks }) => kiosks.length > 0);
  const secrets = {
    password: oneTimePassword(),
    deviceToken: newSecret(),
    kioskTokens: Object.fromEntries(offices.map(({ slug }) => [slug, newSecret()])),
  };
  writeDataFile(secretsFile(dataFolder), `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
