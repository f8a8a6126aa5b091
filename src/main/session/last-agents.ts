import { z } from 'zod';
import type { AgentId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { isEmailOf, isPasswordOf, LastAgent } from './last-agent.ts';
import type { Seat } from './session-fact.ts';

const LAST_AGENTS = 'lastAgents';
const MOST = 5;

type Returning = LastAgent & { seat: Seat };

/** The last agents of this desk, the latest first: they alone come in without the line, each until their session ends. */
export function createLastAgents({ store, clock }: { store: StoreClient; clock: ServerClock }) {
  let agents: LastAgent[] = [];

  const keep = async (next: LastAgent[]): Promise<void> => {
    agents = next.filter(({ signedIn }) => signedIn.expiresAt > clock.now()).slice(0, MOST);
    await store.ask('secret.put', LAST_AGENTS, agents);
  };
  const others = (agentId: AgentId): LastAgent[] => agents.filter(({ signedIn }) => signedIn.agent.id !== agentId);
  const mayReturn = (agent: LastAgent): agent is Returning =>
    agent.seat !== null && agent.signedIn.expiresAt > clock.now();

  return {
    /** Reads what earlier runs left; what cannot be read counts as absent. */
    load: async (): Promise<void> => {
      const found = z.array(z.unknown()).safeParse(await store.ask('secret.get', LAST_AGENTS));
      agents = (found.data ?? []).flatMap((one) => LastAgent.safeParse(one).data ?? []);
    },
    /** Of those who may come in without the line. */
    emails: (): string[] => agents.filter(mayReturn).map(({ signedIn }) => signedIn.agent.email),
    /** When the next of them may come in no more; null while there is none. */
    nextEndAt: (): Instant | null => {
      const ends = agents.filter(mayReturn).map(({ signedIn }) => signedIn.expiresAt);
      return ends.length === 0 ? null : Math.min(...ends);
    },
    /** An agent who has no seat yet keeps the one from before: without the line they come back to it. */
    remember: (agent: LastAgent): Promise<void> => {
      const former = agents.find(({ signedIn }) => signedIn.agent.id === agent.signedIn.agent.id);
      return keep([{ ...agent, seat: agent.seat ?? former?.seat ?? null }, ...others(agent.signedIn.agent.id)]);
    },
    forget: (agentId: AgentId): Promise<void> => keep(others(agentId)),
    /** The server does not take this password: where it is the one kept here, it is good for nothing any more. */
    refused: async (email: string, password: string): Promise<void> => {
      const agent = agents.find((one) => isEmailOf(one, email));
      if (agent && (await isPasswordOf(agent, password))) await keep(others(agent.signedIn.agent.id));
    },
    /** @throws DeskError NEEDS_LINE for whoever is not among them, WRONG_CREDENTIALS */
    admit: async (email: string, password: string): Promise<Returning> => {
      const agent = agents.filter(mayReturn).find((one) => isEmailOf(one, email));
      if (!agent) throw new DeskError('NEEDS_LINE');
      if (!(await isPasswordOf(agent, password))) throw new DeskError('WRONG_CREDENTIALS');
      await keep([agent, ...others(agent.signedIn.agent.id)]);
      return agent;
    },
  };
}
