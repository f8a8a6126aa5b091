import { Agent } from 'undici';
import { checkSignal, newSignalTally } from '../../src/server/video/check-signal.ts';
import type { Signal } from '../../src/protocol/video/signal.ts';
import { compare, compared } from '../compare.ts';
import { figure, type Measure } from '../row.ts';
import { startFloor } from '../support/floor-process.ts';
import { inviteGuest } from '../support/invite-guest.ts';
import { issueSessions } from '../support/issue-sessions.ts';
import { openOffice, type BenchOffice } from '../support/open-office.ts';
import { processCpu } from '../support/process-cpu.ts';
import { recordCall, type CallEnd, type RecordedWord } from '../support/record-call.ts';
import { openRelayCall, openServerCall, type OpenedCall } from '../support/replayed-call.ts';
import { treeCpu } from '../support/tree-cpu.ts';
import { untilStopped } from '../until-stopped.ts';

const CALLS = 10;
const CALL_MS = 7_000;
/** Ten agents do not call in the same instant. */
const APART_MS = 50;
const WINDOW_MS = CALL_MS + CALLS * APART_MS;
const PAIRS = 2;
/** As the server is started here: without a relay, on loopback. */
const POLICY = { allowsLocal: true, allowsLoopback: true, relayOnly: false, relayAddresses: [] };

interface Side {
  calls: OpenedCall[];
  /** Of its process so far, ms. */
  cpu: () => number;
}

/**
 * Ten calls at once: what the server's process spends on handing on what their browsers say to each other, beside a bare relay of
 * the same words. They are those of one real call, recorded in this run and said again at its own pace in ten attentions that
 * agents of the server have begun.
 */
export const measure: Measure = async () => {
  const office = await openOffice({ agents: CALLS + 1, servers: 1, isVideo: true });
  const floor = await startFloor('signal-relay.mjs', {});
  const dispatcher = new Agent({ connections: CALLS });
  const sides: Side[] = [];
  try {
    const words = handedOn(await untilStopped(recordCall(office, 1, CALL_MS)));
    const ours: Side = { calls: await openCalls(office, dispatcher), cpu: () => processCpu(office.serverPids[0] ?? 0) };
    sides.push(ours);
    const theirs: Side = { calls: [], cpu: () => processCpu(floor.pid) };
    sides.push(theirs);
    for (let call = 0; call < CALLS; call += 1) {
      theirs.calls.push(await openRelayCall(`ws://127.0.0.1:${floor.port}`, `/${call}`));
    }
    let session = Date.now();
    let heard = 0;
    /** CPU of the side's process for each call and minute, ms. */
    const sample = async (side: Side, { isSilent = false, hasChat = false } = {}): Promise<number> => {
      const said = isSilent ? [] : inSessions(words, session);
      session += words.length;
      const [before, startedAt] = [side.cpu(), performance.now()];
      await Promise.all([
        ...side.calls.map((call, index) => replay(call, said, { after: index * APART_MS, hasChat })),
        new Promise((resolve) => setTimeout(resolve, WINDOW_MS)),
      ]);
      const spent = side.cpu() - before;
      for (const call of side.calls) compareHeard(call.heard(), said);
      heard += side.calls.length * said.length;
      return (spent / CALLS) * (60_000 / (performance.now() - startedAt));
    };
    const databaseBefore = treeCpu(office.postgresPid);
    const startedAt = performance.now();
    const comparison = await compare(
      () => sample(ours),
      () => sample(theirs),
      PAIRS,
      () => 0,
    );
    const minutes = (performance.now() - startedAt) / 60_000;
    const database = (treeCpu(office.postgresPid) - databaseBefore) / CALLS / minutes;
    const [chat, chatRelayed] = await untilStopped(
      Promise.all([sample(ours, { hasChat: true }), sample(theirs, { hasChat: true })]),
    );
    const silent = await untilStopped(sample(ours, { isSilent: true }));
    return {
      work: `Ten calls at once: ${words.length} words of each in ${CALL_MS / 1_000} s, with its beginning and a connection that breaks`,
      beside: 'a bare WebSocket relay of the same words, unread, in a process of its own',
      figures: [
        compared('CPU a call and minute, of the server', 'ms', comparison, { atMost: 2 }),
        figure('the same with a line of chat each way, kept', 'ms', { ours: chat, theirs: chatRelayed }),
        figure('of calls in which nothing is said', 'ms', { ours: silent }),
        figure('of PostgreSQL beside it, all the while', 'ms', { ours: database }),
      ],
      gate: `${heard} words, each heard at the other end as it was said, in order`,
    };
  } finally {
    for (const { calls } of sides) for (const call of calls) call.close();
    await dispatcher.close();
    await floor.stop();
    await office.close();
  }
};

async function openCalls(office: BenchOffice, dispatcher: Agent): Promise<OpenedCall[]> {
  const [server = ''] = office.servers;
  // The first was in the call that was recorded, and sits at the first module.
  const numbers = Array.from({ length: CALLS }, (_, index) => index + 2);
  const calls: OpenedCall[] = [];
  for (const session of await issueSessions(office.databaseUrl, numbers)) {
    const ticket = await inviteGuest(server, office.deviceTokens[0] ?? '', 'caja');
    calls.push(await openServerCall(dispatcher, server, session, ticket));
  }
  return calls;
}

/** The same words under numbers of sessions that no call has had before. */
function inSessions(words: readonly RecordedWord[], first: number): RecordedWord[] {
  const known = [...new Set(words.map(({ signal }) => signal.session))].toSorted((a, b) => a - b);
  return words.map((word) => ({
    ...word,
    signal: { ...word.signal, session: first + known.indexOf(word.signal.session) },
  }));
}

async function replay(
  call: OpenedCall,
  words: readonly RecordedWord[],
  { after, hasChat }: { after: number; hasChat: boolean },
): Promise<void> {
  const ends: CallEnd[] = hasChat ? ['agent', 'guest'] : [];
  const heard = call.hears(words.length + ends.length);
  const startAt = performance.now() + after;
  const until = async (milliseconds: number): Promise<void> => {
    const wait = startAt + milliseconds - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  };
  // One after the other: timers of different lengths may pass each other in a process that is behind.
  const sayAll = async (): Promise<void> => {
    for (const word of words) {
      await until(word.at);
      call.say(word.from, word.signal);
    }
  };
  const chat = async (end: CallEnd, index: number): Promise<void> => {
    await until((CALL_MS * (index + 1)) / (ends.length + 1));
    await call.chat(end, 'Ya le envío el documento.');
  };
  await Promise.all([sayAll(), ...ends.map(chat)]);
  await heard;
}

/** @throws when an end has not heard, word for word and in order, what the other said */
function compareHeard(heard: Record<CallEnd, Signal[]>, words: readonly RecordedWord[]): void {
  for (const [from, to] of [
    ['agent', 'guest'],
    ['guest', 'agent'],
  ] as const) {
    const said = words.filter((word) => word.from === from).map(({ signal }) => signal);
    if (JSON.stringify(said) !== JSON.stringify(heard[to])) throw new Error(`the ${to} did not hear what was said`);
  }
}

/** As the server has looked them through: so it hands them on again as they are. */
function handedOn(words: readonly RecordedWord[]): RecordedWord[] {
  const tallies = { agent: newSignalTally(), guest: newSignalTally() };
  return words.flatMap((word) => {
    const checked = checkSignal(word.signal, POLICY, tallies[word.from]);
    if (checked.outcome === 'refused') throw new Error(checked.code);
    tallies[word.from] = checked.tally;
    return checked.outcome === 'kept' ? [{ ...word, signal: checked.signal }] : [];
  });
}
