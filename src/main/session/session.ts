import type { Logger } from 'pino';
import { z } from 'zod';
import type { SessionFact } from '../../bridge/facts.ts';
import type { ChangePassword, SignedIn, TakeSeat } from '../../protocol/http/desk-api.ts';
import { DeviceId, type SessionId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Office } from '../../protocol/office.ts';
import type { Viewer } from '../cache/desk-reader.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { LineEnd } from '../sync/line-end.ts';
import type { DeviceKey, SessionKey } from '../sync/keys.ts';
import { isAway, isForLater } from '../sync/no-answer.ts';
import type { ServerApi } from '../sync/server-api.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { makeVerifier } from './last-agent.ts';
import { createLastAgents } from './last-agents.ts';
import { createSeatArrival } from './seat-arrival.ts';
import { deskAgent, workingFact, type Seat, type Working } from './session-fact.ts';
import { createUnendedSessions } from './unended-sessions.ts';

type SignedOut = Extract<SessionFact, { state: 'signedOut' }>;
type Entered = Omit<SignedIn, 'device'>;

const DEVICE = 'device';
const Device = z.object({ id: DeviceId, secret: z.string() });
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface SessionOptions {
  api: ServerApi;
  store: StoreClient;
  clock: ServerClock;
  log: Logger;
  deskName: string;
  storeNotice: () => SignedOut['storeNotice'];
  /** Whether a ticket is being called or attended here now. */
  hasAttention: () => Promise<boolean>;
}

export interface SessionEvents {
  changed: (fact: SessionFact) => void;
  /** The screen is this agent's from now on, or nobody's. */
  viewerChanged: (viewer: Viewer | null) => Promise<void>;
  /** The agent sits: the line may connect. */
  seated: (key: SessionKey) => void;
  left: () => void;
}

/** Who works at this desk: from signing in to signing out, with the line or without. */
export function createSession(options: SessionOptions, events: SessionEvents) {
  const { api, store, clock } = options;
  const lastAgents = createLastAgents({ store, clock });
  const unended = createUnendedSessions(store, api);
  let fact: SessionFact = { state: 'starting' };
  let device: DeviceKey | null = null;
  let entered: Entered | null = null;
  let verifier = '';
  let seat: Seat | null = null;
  let expiry: NodeJS.Timeout | undefined;

  const tell = (next: SessionFact): void => {
    fact = next;
    events.changed(next);
  };
  const arrival = createSeatArrival(tell);

  const key = (): SessionKey | null => (entered && device ? { token: entered.sessionToken, device } : null);
  const requireKey = (): SessionKey => {
    const present = key();
    if (!present) throw new DeskError('UNAUTHENTICATED');
    return present;
  };

  const remember = async (): Promise<void> => {
    if (entered) await lastAgents.remember({ verifier, signedIn: entered, seat });
  };
  const forget = async (): Promise<void> => {
    if (entered) await lastAgents.forget(entered.agent.id);
  };

  /** `act` at this instant, or as soon before it as a timer reaches. */
  const expireAt = (at: Instant, act: () => void): void => {
    clearTimeout(expiry);
    expiry = setTimeout(act, Math.min(Math.max(0, at - clock.now()), LONGEST_TIMER_MS));
  };

  /** Told anew whenever one of the last agents may come in no more. */
  const tellSignedOut = (cause: SignedOut['cause']): void => {
    tell({ state: 'signedOut', lastAgentEmails: lastAgents.emails(), cause, storeNotice: options.storeNotice() });
    const nextEndAt = lastAgents.nextEndAt();
    if (nextEndAt !== null) expireAt(nextEndAt, () => tellSignedOut(cause));
  };

  const leave = async (cause: SignedOut['cause']): Promise<void> => {
    clearTimeout(expiry);
    entered = null;
    seat = null;
    arrival.left();
    events.left();
    await events.viewerChanged(null);
    tellSignedOut(cause);
  };

  const enter = (next: Entered): void => {
    entered = next;
    expireAt(next.expiresAt, () => void end('expired'));
  };

  /** The session is over without the agent's wish; what is written stays in the outbox. */
  const end = async (cause: Exclude<LineEnd, 'deskRevoked'>): Promise<void> => {
    try {
      if (cause !== 'clientTooOld') await forget();
    } catch (error) {
      options.log.error({ err: error }, 'the session that is over is still on file');
    }
    await leave(cause);
  };

  const tellNextStep = (next: Entered): void => {
    if (next.agent.mustChangePassword) {
      tell({ state: 'changingPassword', agent: deskAgent(next) });
      return;
    }
    const { companyName, isDemo, seats } = next;
    tell({ state: 'choosingSeat', agent: deskAgent(next), companyName, isDemo, seats });
  };

  const signInOnline = async (email: string, password: string): Promise<void> => {
    const input = { email, password, deskName: options.deskName };
    // While the server checks the password: both take their time by intention.
    const making = makeVerifier(password);
    making.catch(() => undefined);
    const answer = await api.signIn(input, device).catch((error: unknown) => {
      // The server does not know this desk any more: enrol anew.
      if (device && error instanceof DeskError && error.code === 'UNAUTHENTICATED') return api.signIn(input, null);
      throw error;
    });
    const { device: enrolled, ...next } = answer;
    if (enrolled) {
      device = enrolled;
      await store.ask('secret.put', DEVICE, enrolled);
      await store.ask('blocks.clear');
    }
    verifier = await making;
    seat = null;
    enter(next);
    await remember();
    tellNextStep(next);
  };

  const signInWithoutLine = async (email: string, password: string): Promise<void> => {
    if (!device) throw new DeskError('NEEDS_LINE');
    const agent = await lastAgents.admit(email, password);
    verifier = agent.verifier;
    enter(agent.signedIn);
    await sit(agent.seat, false);
  };

  /** Resolves once the office of the seat is known and the fact is `working`. */
  const sit = async (next: Seat, isLineThere: boolean): Promise<void> => {
    const present = requireKey();
    seat = next;
    try {
      await arrival.wait(isLineThere, async () => {
        await events.viewerChanged({ agentId: (entered as Entered).agent.id, branchId: next.branchId });
        events.seated(present);
      });
    } catch (error) {
      events.left();
      await events.viewerChanged(null);
      seat = null;
      throw error;
    }
  };

  return {
    /** Reads what an earlier run left, then asks for an agent. */
    start: async (cause: SignedOut['cause']): Promise<void> => {
      device = Device.nullable()
        .catch(null)
        .parse(await store.ask('secret.get', DEVICE));
      await lastAgents.load();
      tellSignedOut(cause);
    },
    signIn: async ({ email, password }: { email: string; password: string }): Promise<void> => {
      if (fact.state !== 'signedOut') throw new DeskError('WRONG_STATE');
      try {
        await signInOnline(email, password);
      } catch (error) {
        if (error instanceof DeskError && error.code === 'WRONG_CREDENTIALS') await lastAgents.refused(email, password);
        if (!isAway(error)) throw error;
        options.log.info({ err: error }, 'signing in without the line');
        await signInWithoutLine(email, password);
      }
    },
    changePassword: async (input: ChangePassword): Promise<void> => {
      const present = requireKey();
      await api.changePassword(present, input);
      verifier = await makeVerifier(input.next);
      if (!entered) return;
      entered = { ...entered, agent: { ...entered.agent, mustChangePassword: false } };
      await remember();
      if (fact.state === 'changingPassword') tellNextStep(entered);
    },
    takeSeat: async (input: TakeSeat): Promise<void> => {
      if (fact.state !== 'choosingSeat') throw new DeskError('WRONG_STATE');
      await api.takeSeat(requireKey(), input);
      await sit(input, true);
      await remember();
    },
    signOut: async (): Promise<void> => {
      if (await options.hasAttention()) throw new DeskError('BUSY_AGENT');
      const present = requireKey();
      await api.signOut(present).catch(async (error: unknown) => {
        if (!isForLater(error)) throw error;
        // The module stays taken until the server has heard of it.
        await unended.add(present.token);
      });
      await forget();
      await leave('signedOut');
    },
    end,
    /** Tells the server of a sign-out that it has not heard of. A failure waits for the next call. */
    endLeftOver: async (): Promise<void> => {
      if (device) await unended.end(device);
    },
    /** The configuration came or changed. */
    officeChanged: (office: Office): void => {
      if (!entered || !seat) return;
      arrival.officeKnown(workingFact(entered, seat, office));
    },
    /** What is to be said of the desk's files has changed. */
    storeNoticed: (): void => {
      if (fact.state === 'signedOut') tellSignedOut(fact.cause);
    },
    /** All that the server has is here. */
    lineUp: arrival.lineUp,
    key,
    /** In which the agent of this desk acts; null for nobody. */
    id: (): SessionId | null => entered?.sessionId ?? null,
    device: (): DeviceKey | null => device,
    working: (): Working | null => (fact.state === 'working' ? fact : null),
    fact: (): SessionFact => fact,
    stop: (): void => clearTimeout(expiry),
  };
}

export type Session = ReturnType<typeof createSession>;
