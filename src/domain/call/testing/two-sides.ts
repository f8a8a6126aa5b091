/** Both sides of a call over a channel that loses, delays and reorders, with connections that are played. */
import type { Signal, SignalData } from '../../../protocol/video/signal.ts';
import { newCall } from '../call.ts';
import type { Call, CallEffect, CallEvent, CallRole } from '../call.ts';
import { callDueAt, nextCall } from '../next-call.ts';
import { answerOf, candidateData, offerOf } from './signals.ts';

/** A connection as the browser has it. `partner` is the agent's one that a guest's was offered by. */
type PlayedLink = { id: number; session: number; partner: number | null; isUp: boolean };
type Sent = Signal & { link: number };
type Side = { role: CallRole; call: Call; link: PlayedLink | null; isLineUp: boolean; life: number };

export type Fault =
  | { type: 'fail'; role: CallRole }
  | { type: 'trouble'; role: CallRole }
  | { type: 'reload'; role: CallRole }
  | { type: 'cut'; role: CallRole; milliseconds: number };

/** `chance` gives numbers from 0 to 1; `loss` is the part of the signals that never arrive. */
export type Channel = { chance: () => number; loss: number; maximumDelay: number };

export type TwoSides = ReturnType<typeof createTwoSides>;

export function createTwoSides(startAt: number, firstChannel: Channel) {
  let now = startAt;
  let channel = firstChannel;
  let order = 0;
  let lastLink = 0;
  const later: { at: number; order: number; run: () => void }[] = [];
  /** What a connection was given that its partner did not say. */
  const foreign: string[] = [];
  const sides: Record<CallRole, Side> = {
    agent: { role: 'agent', call: newCall('agent', now), link: null, isLineUp: true, life: 0 },
    guest: { role: 'guest', call: newCall('guest', now), link: null, isLineUp: true, life: 0 },
  };
  const otherOf = ({ role }: Side): Side => sides[role === 'agent' ? 'guest' : 'agent'];
  const after = (milliseconds: number, run: () => void): void => {
    order += 1;
    later.push({ at: now + milliseconds, order, run });
  };

  function act(side: Side, event: CallEvent): void {
    const step = nextCall(side.call, event, now);
    side.call = step.call;
    for (const effect of step.effects) carryOut(side, effect);
    const due = callDueAt(side.call);
    const { life } = side;
    if (due !== null) after(due - now, () => side.life === life && act(side, { type: 'clock' }));
  }

  function carryOut(side: Side, effect: CallEffect): void {
    if (effect.type === 'send') return send(side, { ...effect.signal, link: 0 });
    if (effect.type === 'close') return closeLink(side);
    if (effect.type === 'apply') return apply(side, effect.session, effect.data);
    lastLink += 1;
    const link: PlayedLink = { id: lastLink, session: effect.session, partner: null, isUp: false };
    side.link = link;
    if (effect.isInitiator) for (const data of [offerOf(String(link.id)), candidateData]) say(side, link, data);
  }

  function say(side: Side, link: PlayedLink, data: SignalData): void {
    after(20, () => side.link === link && send(side, { session: link.session, data, link: link.id }));
  }

  function send(side: Side, sent: Sent): void {
    if (!side.isLineUp || channel.chance() < channel.loss) return;
    after(Math.round(channel.chance() * channel.maximumDelay), () => {
      const to = otherOf(side);
      if (!to.isLineUp) return;
      arriving = sent;
      act(to, { type: 'signal', signal: { session: sent.session, data: sent.data } });
    });
  }
  let arriving: Sent | null = null;

  function apply(side: Side, session: number, data: SignalData): void {
    const { link } = side;
    const from = arriving?.link ?? 0;
    if (link === null || link.session !== session) return void foreign.push(`${side.role}: no such connection`);
    if (side.role === 'guest') {
      link.partner ??= from;
      if (link.partner !== from) foreign.push(`guest ${link.session}: ${data.type} of ${from}`);
      if (data.type === 'offer') for (const said of [answerOf('answer'), candidateData]) say(side, link, said);
    } else {
      partners.set(from, partners.get(from) ?? link.id);
      if (partners.get(from) !== link.id) foreign.push(`agent ${link.session}: ${data.type} of ${from}`);
      if (data.type === 'answer') after(100, () => connect(link));
    }
  }
  /** The agent's connection that each of the guest's has spoken to. */
  const partners = new Map<number, number>();

  function connect(link: PlayedLink): void {
    const { agent, guest } = sides;
    if (agent.link !== link || guest.link?.partner !== link.id) return;
    for (const side of [agent, guest]) {
      if (side.link !== null) side.link.isUp = true;
      act(side, { type: 'linkConnected', session: link.session });
    }
  }

  /** The other side's connection stands still from now on, which it notices after a while. */
  function closeLink(side: Side): void {
    side.link = null;
    const other = otherOf(side);
    const { link } = other;
    if (link?.isUp !== true) return;
    after(5_000, () => {
      if (other.link === link) act(other, { type: 'linkTroubled', session: link.session, trouble: 'ice' });
    });
  }

  function setLine(side: Side, isUp: boolean): void {
    side.isLineUp = isUp;
    const other = otherOf(side);
    act(side, { type: isUp ? 'lineUp' : 'lineDown' });
    if (isUp) act(side, { type: other.isLineUp ? 'peerCame' : 'peerLeft' });
    if (other.isLineUp) act(other, { type: isUp ? 'peerCame' : 'peerLeft' });
  }

  return {
    sides,
    foreign,
    start: (isCalled: boolean): void => {
      for (const side of [sides.guest, sides.agent]) {
        act(side, { type: 'peerCame' });
        if (isCalled) act(side, { type: 'called' });
      }
    },
    /** From now on. */
    setChannel: (next: Channel): void => {
      channel = next;
    },
    hit: (fault: Fault): void => {
      const side = sides[fault.role];
      if (fault.type === 'cut') {
        if (!side.isLineUp) return;
        setLine(side, false);
        const { life } = side;
        after(fault.milliseconds, () => side.life === life && setLine(side, true));
      } else if (fault.type === 'reload') {
        const { phase } = side.call;
        if (side.isLineUp) setLine(side, false);
        closeLink(side);
        side.life += 1;
        side.call = newCall(side.role, now);
        setLine(side, true);
        if (phase.name !== 'waiting') act(side, { type: 'called' });
      } else if (side.link !== null) {
        const { session } = side.link;
        act(
          side,
          fault.type === 'fail' ? { type: 'linkFailed', session } : { type: 'linkTroubled', session, trouble: 'ice' },
        );
      }
    },
    /** Runs all that is due until then. */
    runUntil: (until: number): void => {
      for (;;) {
        later.sort((one, two) => one.at - two.at || one.order - two.order);
        const next = later[0];
        if (next === undefined || next.at > until) break;
        later.shift();
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}
