import type { DeskAgent, SessionFact } from '../../bridge/facts.ts';
import type { SignedIn } from '../../protocol/http/desk-api.ts';
import type { BranchId, ModuleId } from '../../protocol/ids.ts';
import type { Office } from '../../protocol/office.ts';

export interface Seat {
  branchId: BranchId;
  moduleId: ModuleId;
}

export type Working = Extract<SessionFact, { state: 'working' }>;

export function deskAgent({ agent }: Pick<SignedIn, 'agent'>): DeskAgent {
  const { id, email, firstName, lastName, role } = agent;
  return { id, email, firstName, lastName, role };
}

/** The fact of an agent at work; null while the office does not have the agent's seat. */
export function workingFact(signedIn: Pick<SignedIn, 'agent'>, seat: Seat, office: Office): Working | null {
  const branch = office.branches.find(({ id }) => id === seat.branchId);
  const module = office.modules.find(({ id }) => id === seat.moduleId);
  if (!branch || !module) return null;
  const services = office.services.filter(({ branchId }) => branchId === branch.id);
  const colleague = office.agents.find(({ id }) => id === signedIn.agent.id);
  const here = new Set(services.map(({ id }) => id));
  return {
    state: 'working',
    agent: deskAgent(signedIn),
    companyName: office.companyName,
    isDemo: office.isDemo,
    locale: office.locale,
    country: office.country,
    branch,
    module,
    services,
    mainServices: colleague?.mainServices.filter((id) => here.has(id)) ?? [],
    supportServices: colleague?.supportServices.filter((id) => here.has(id)) ?? [],
    ...(office.terms && { terms: office.terms }),
  };
}
