import { runWork, type Work } from '../changes/work.ts';
import { normalPhone } from '../contacts/normalize-contact.ts';
import { Refusal } from '../policies/refusal.ts';
import { endSession } from '../sessions/end-session.ts';
import { hashPassword } from '../sessions/passwords.ts';
import type { ServerContext } from '../start/server-context.ts';
import { disableAgent, readAgentByEmail, savePassword, type AgentRow } from '../store/agent-rows.ts';
import { readCompanies, readPlaces, type CompanyRow } from '../store/company-rows.ts';
import { readOffice } from '../store/office-rows.ts';
import { assignAgent, upsertAgent, type AgentAccount } from '../store/office-upserts.ts';
import { readOpenSessions, type SessionEnd } from '../store/session-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { AdminError } from './admin-error.ts';
import { oneTimePassword } from './one-time-password.ts';

export interface NewAgent extends AgentAccount {
  /** Slug; may be left out where there is one company. */
  company: string | null;
  /** Slugs, the home first. */
  branches: string[];
  main: string[];
  support: string[];
}

/** Adds an agent and returns the one-time password. */
export async function addAgent(context: ServerContext, agent: NewAgent): Promise<string> {
  const company = await chooseCompany(context, agent.company);
  const phone = phoneOf(agent.phone, company.country);
  const places = await readPlaces(context.store.db, company.id);
  const theirs = agent.branches.map((slug) => places.get(slug) ?? missing(`branch "${slug}"`));
  const idsOf = (slugs: string[]): string[] =>
    slugs.flatMap((slug) => {
      const found = theirs.flatMap(({ services }) => services.get(slug) ?? []);
      return found.length > 0 ? found : missing(`service "${slug}" in these branches`);
    });
  const services = { main: idsOf(agent.main), support: idsOf(agent.support) };
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  await runWork(context, async (work) => {
    if (await readAgentByEmail(work.tx, agent.email)) throw new AdminError(`${agent.email} is there already.`);
    const added = await upsertAgent(work.tx, company.id, { ...agent, phone }, hash, true);
    if (!added) throw new AdminError(`${agent.email} is there already.`);
    await assignAgent(work.tx, added.id, { branchIds: theirs.map(({ id }) => id), ...services });
    await sayOffice(work, company.id);
  });
  return password;
}

/** Gives an agent a one-time password and ends the agent's sessions (trust T13). */
export async function resetPassword(context: ServerContext, email: string): Promise<string> {
  const agent = await findAgent(context, email);
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  await runWork(context, async (work) => {
    await endSessionsOf(work, agent, 'revoked');
    await savePassword(work.tx, agent.id, { hash, mustChange: true });
  });
  return password;
}

/** Nobody signs in with this account any more; its sessions end, and their sockets within seconds (trust T13). */
export async function disableAccount(context: ServerContext, email: string): Promise<void> {
  const agent = await findAgent(context, email);
  await runWork(context, async (work) => {
    await endSessionsOf(work, agent, 'disabled');
    await disableAgent(work.tx, agent.id, work.now);
    await sayOffice(work, agent.companyId);
  });
}

async function endSessionsOf(work: Work, agent: AgentRow, cause: SessionEnd): Promise<void> {
  await lockStatuses(work.tx, [agent.id], work.now);
  for (const session of await readOpenSessions(work.tx, { agentId: agent.id })) {
    await endSession(work, session, cause, { keepsCall: false });
  }
}

async function sayOffice(work: Work, companyId: string): Promise<void> {
  work.say('company', companyId, { type: 'office.put', office: await readOffice(work.tx, companyId) });
}

async function findAgent(context: ServerContext, email: string): Promise<AgentRow> {
  return (await readAgentByEmail(context.store.db, email)) ?? missing(`agent ${email}`);
}

async function chooseCompany(context: ServerContext, slug: string | null): Promise<CompanyRow> {
  const companies = await readCompanies(context.store.db);
  if (slug !== null) return companies.find((company) => company.slug === slug) ?? missing(`company "${slug}"`);
  const [only, ...others] = companies;
  if (!only) throw new AdminError('There is no company yet: see the verb setup.');
  if (others.length > 0) {
    throw new AdminError(`Name the company with --company: ${companies.map((company) => company.slug).join(', ')}.`);
  }
  return only;
}

function phoneOf(phone: string | null, country: string): string | null {
  try {
    return normalPhone(phone, country);
  } catch (error) {
    if (error instanceof Refusal)
      throw new AdminError(`${phone} is not a phone of ${country}.`, undefined, { cause: error });
    throw error;
  }
}

function missing(what: string): never {
  throw new AdminError(`There is no ${what}.`);
}
