import { v7 as uuidv7 } from 'uuid';
import { runWork, type Work } from '../changes/work.ts';
import { normalPhone } from '../contacts/normalize-contact.ts';
import { hashPassword } from '../sessions/passwords.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import type { ServerContext } from '../start/server-context.ts';
import { insertDevice } from '../store/device-rows.ts';
import { readOffice } from '../store/office-rows.ts';
import {
  assignAgent,
  hasKiosk,
  upsertAgent,
  upsertBranch,
  upsertCompany,
  upsertDepartment,
  upsertModule,
  upsertService,
} from '../store/office-upserts.ts';
import { putTerms } from '../store/terms-rows.ts';
import { AdminError } from './admin-error.ts';
import type { OfficeFile } from './office-file.ts';
import { oneTimePassword } from './one-time-password.ts';

/** What was made and is told once: nothing of it can be read later. */
export interface OfficeSecrets {
  companyId: string;
  passwords: { email: string; password: string }[];
  tokens: { branch: string | null; name: string; token: string }[];
}

/** Chooses the secrets of what is new; the demo office has its own. */
export interface SecretMaker {
  password: (email: string) => { password: string; mustChange: boolean };
  token: (branch: string | null, name: string) => string;
}

const freshSecrets: SecretMaker = {
  password: () => ({ password: oneTimePassword(), mustChange: true }),
  token: () => newSecret(),
};

/**
 * Brings the company of this file to what the file says: what is there is changed, what is missing is made, nothing is
 * removed. A second time it changes nothing.
 */
export async function setUpOffice(
  context: ServerContext,
  file: OfficeFile,
  secrets: SecretMaker = freshSecrets,
  also: (work: Work, companyId: string) => Promise<void> = () => Promise.resolve(),
): Promise<OfficeSecrets> {
  // Slow by design, so before the transaction.
  const accounts = await Promise.all(
    file.agents.map(async ({ email }) => {
      const { password, mustChange } = secrets.password(email);
      return { password, mustChange, hash: await hashPassword(password) };
    }),
  );
  const { result } = await runWork(context, async (work) => {
    const companyId = await upsertCompany(work.tx, file.company);
    const branches = await setUpBranches(work, companyId, file);
    const passwords = await setUpAgents(work, companyId, file, accounts, branches);
    const tokens = await setUpDevices(work, companyId, file, branches, secrets);
    for (const [position, { service = null, ...terms }] of file.terms.entries()) {
      await putTerms(work.tx, companyId, { ...terms, service, position });
    }
    await also(work, companyId);
    work.say('company', companyId, { type: 'office.put', office: await readOffice(work.tx, companyId) });
    for (const { id } of branches.values()) work.dispatch(id);
    return { companyId, passwords, tokens };
  });
  return result;
}

type Branches = Map<string, { id: string; services: Map<string, string> }>;

async function setUpBranches(work: Work, companyId: string, file: OfficeFile): Promise<Branches> {
  const branches: Branches = new Map();
  for (const [position, branch] of file.branches.entries()) {
    const id = await upsertBranch(work.tx, companyId, { ...branch, position });
    const services = new Map<string, string>();
    for (const [place, department] of branch.departments.entries()) {
      const departmentId = await upsertDepartment(work.tx, id, department.name, place);
      for (const service of department.services) {
        const where = { branchId: id, departmentId, position: services.size };
        services.set(service.slug, await upsertService(work.tx, where, service));
      }
    }
    for (const [place, name] of branch.modules.entries()) await upsertModule(work.tx, id, name, place);
    branches.set(branch.slug, { id, services });
  }
  return branches;
}

async function setUpAgents(
  work: Work,
  companyId: string,
  file: OfficeFile,
  accounts: { password: string; mustChange: boolean; hash: string }[],
  branches: Branches,
): Promise<OfficeSecrets['passwords']> {
  const passwords: OfficeSecrets['passwords'] = [];
  for (const [index, agent] of file.agents.entries()) {
    const account = accounts[index];
    if (!account) throw new Error(`${agent.email} has no account`);
    const phone = normalPhone(agent.phone, file.company.country);
    const written = await upsertAgent(work.tx, companyId, { ...agent, phone }, account.hash, account.mustChange);
    if (!written) throw new AdminError(`${agent.email} is an agent of another company.`);
    const theirs = agent.branches.flatMap((slug) => branches.get(slug) ?? []);
    const idsOf = (slugs: string[]): string[] =>
      theirs.flatMap(({ services }) => slugs.flatMap((slug) => services.get(slug) ?? []));
    await assignAgent(work.tx, written.id, {
      branchIds: theirs.map(({ id }) => id),
      main: idsOf(agent.main),
      support: idsOf(agent.support),
    });
    if (written.isNew) passwords.push({ email: agent.email, password: account.password });
  }
  return passwords;
}

async function setUpDevices(
  work: Work,
  companyId: string,
  file: OfficeFile,
  branches: Branches,
  secrets: SecretMaker,
): Promise<OfficeSecrets['tokens']> {
  const wanted = [
    ...file.branches.flatMap(({ slug, kiosks }) => kiosks.map((name) => ({ branch: slug, name }))),
    ...file.integrations.map((name) => ({ branch: null, name })),
  ];
  const tokens: OfficeSecrets['tokens'] = [];
  for (const { branch, name } of wanted) {
    const branchId = branch === null ? null : (branches.get(branch)?.id ?? null);
    if (await hasKiosk(work.tx, companyId, branchId, name)) continue;
    const token = secrets.token(branch, name);
    const id = uuidv7();
    await insertDevice(work.tx, { id, companyId, branchId, kind: 'kiosk', name, secretHash: hashSecret(token) });
    tokens.push({ branch, name, token });
  }
  return tokens;
}
