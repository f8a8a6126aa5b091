import type { Instant } from '../../protocol/instant.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import { callLimits } from './call.ts';
import type { Call, CallEffect, CallEvent, CallLink, CallPhase } from './call.ts';

export type CallStep = { call: Call; effects: CallEffect[] };

/** One event at a time; an event that means nothing changes nothing and has no effects [CL1]. */
export function nextCall(call: Call, event: CallEvent, at: Instant): CallStep {
  if (call.phase.name === 'ended') return { call, effects: [] };
  const taken = takeIn(call, event, at);
  const settled = settle(taken.call, at);
  return { call: settled.call, effects: [...taken.effects, ...settled.effects] };
}

/** When the next `clock` is due; null when only another event can change anything. */
export function callDueAt(call: Call): Instant | null {
  if (!isCalled(call)) return null;
  const dues = [giveUpAt(call), canOpen(call) ? openAt(call) : null, canAsk(call) ? askAt(call) : null];
  const times = dues.filter((due) => due !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function takeIn(call: Call, event: CallEvent, at: Instant): CallStep {
  switch (event.type) {
    case 'called':
      return call.phase.name === 'waiting' ? only({ ...call, phase: { name: 'ringing', since: at } }) : only(call);
    case 'peerCame':
      return call.isPeerHere ? only(call) : withoutLostLink({ ...call, isPeerHere: true });
    case 'peerLeft':
      return withoutLostLink({ ...call, isPeerHere: false });
    case 'signal':
      return isCalled(call) ? takeSignal({ ...call, isPeerHere: true }, event.signal, at) : only(call);
    case 'linkConnected':
      return ofLink(call, event.session, (link) => {
        return only({ ...call, link: { ...link, isUp: true, isAnswered: true }, askedAt: null });
      });
    case 'linkTroubled':
      return ofLink(call, event.session, (link) => {
        const troubledSince = { ...link.troubledSince, [event.trouble]: link.troubledSince[event.trouble] ?? at };
        return only({ ...call, link: { ...link, troubledSince } });
      });
    case 'linkSteady':
      return ofLink(call, event.session, (link) => {
        return only({ ...call, link: { ...link, troubledSince: { ...link.troubledSince, [event.trouble]: null } } });
      });
    case 'linkFailed':
      return ofLink(call, event.session, () => dropLink({ ...call, askedAt: null }));
    case 'pictureChanged':
      return only({ ...call, otherPicture: event.picture });
    case 'lineUp':
      return call.isLineUp ? only(call) : withoutLostLink({ ...call, isLineUp: true, askedAt: null });
    case 'lineDown':
      return only({ ...call, isLineUp: false });
    case 'ended':
      return end(call, event.cause, at);
    case 'clock':
      return only(call);
  }
}

/** A signal of this session goes to the link; an older one is dropped; a newer one is a new session [CL5] [CL6]. */
function takeSignal(call: Call, signal: Signal, at: Instant): CallStep {
  return call.role === 'agent' ? takeGuestSignal(call, signal, at) : takeAgentSignal(call, signal, at);
}

function takeGuestSignal(call: Call, { session, data }: Signal, at: Instant): CallStep {
  // Only this side makes numbers: one that it does not know was made before it was loaded anew.
  if (session > call.session) return dropLink({ ...call, session });
  switch (data.type) {
    case 'ask':
      return isLost(call, session, at) ? dropLink(call) : only(call);
    case 'answer':
    case 'candidate':
    case 'renegotiate':
    case 'sources': {
      if (call.link === null || session !== call.link.session) return only(call);
      const answered = { ...call, link: { ...call.link, isAnswered: true } };
      return { call: answered, effects: [{ type: 'apply', session, data }] };
    }
    case 'keyChanged':
      return session === call.session ? end(call, 'connectionChanged', at) : only(call);
    case 'offer':
    case 'screenAnswer':
    case 'newer':
      return only(call);
  }
}

/** Whether the guest lacks the session of now; if not, its ask was on the way when this side opened it. */
function isLost({ session: current, link }: Call, session: number, at: Instant): boolean {
  if (link === null || session === current) return true;
  return link.isAnswered || at - link.openedAt >= callLimits.unanswered;
}

function takeAgentSignal(call: Call, { session, data }: Signal, at: Instant): CallStep {
  switch (data.type) {
    case 'offer':
    case 'candidate':
    case 'sources': {
      if (session < call.session) {
        const newer: Signal = { session: call.session, data: { type: 'newer' } };
        return { call, effects: data.type === 'offer' ? [{ type: 'send', signal: newer }] : [] };
      }
      const opened = session > call.session ? open(call, session, at) : only(call);
      if (opened.call.link === null) return opened;
      return { call: opened.call, effects: [...opened.effects, { type: 'apply', session, data }] };
    }
    case 'keyChanged':
      return session === call.session ? end(call, 'connectionChanged', at) : only(call);
    case 'screenAnswer':
      return session === call.link?.session ? { call, effects: [{ type: 'apply', session, data }] } : only(call);
    case 'answer':
    case 'renegotiate':
    case 'ask':
    case 'newer':
      return only(call);
  }
}

/** What follows from the state and the hour alone. */
function settle(call: Call, at: Instant): CallStep {
  if (!isCalled(call)) return only(call);
  const gone = giveUpAt(call);
  if (gone !== null && at >= gone) return end(call, wasConnected(call) ? 'lost' : 'unreachable', at);
  if (canOpen(call) && at >= openAt(call)) {
    const { call: opened, effects } = open(call, Math.max(call.session + 1, at), at);
    return { call: named(opened, at), effects };
  }
  if (canAsk(call) && at >= askAt(call)) {
    const ask: Signal = { session: Math.max(call.session, 1), data: { type: 'ask' } };
    return { call: named({ ...call, askedAt: at }, at), effects: [{ type: 'send', signal: ask }] };
  }
  return only(named(call, at));
}

/** Names the phase after what is known; the same phase keeps its `since`. */
function named(call: Call, at: Instant): Call {
  const phase = phaseOf(call, at);
  const isSame = phase.name === call.phase.name && (phase.name !== 'audioOnly' || isSameCause(phase, call.phase));
  return isSame ? call : { ...call, phase };
}

function phaseOf(call: Call, at: Instant): CallPhase {
  const { link, otherPicture } = call;
  if (link?.isUp === true && troubleOf(link) === null) {
    if (otherPicture === 'shown') return { name: 'connected', since: at };
    return { name: 'audioOnly', since: at, cause: otherPicture === 'saved' ? 'bandwidth' : 'noPicture' };
  }
  if (wasConnected(call) || link?.isUp === true) return { name: 'reconnecting', since: at };
  const isTrying = link !== null || (call.phase.name === 'connecting' && call.isPeerHere);
  return { name: isTrying ? 'connecting' : 'ringing', since: at };
}

function isSameCause(phase: CallPhase, before: CallPhase): boolean {
  return phase.name === 'audioOnly' && before.name === 'audioOnly' && phase.cause === before.cause;
}

function open(call: Call, session: number, at: Instant): CallStep {
  const dropped = dropLink(call);
  const link: CallLink = {
    session,
    openedAt: at,
    attempt: (call.link?.isUp === false ? call.link.attempt : 0) + 1,
    isAnswered: false,
    isUp: false,
    troubledSince: { ice: null, media: null },
  };
  const isInitiator = call.role === 'agent';
  return {
    call: { ...dropped.call, session, link, openedAt: at, askedAt: null },
    effects: [...dropped.effects, { type: 'open', session, isInitiator }],
  };
}

/** After a pause in the talk with the other side a connection that is not up may have lost half of its signals. */
function withoutLostLink(call: Call): CallStep {
  return call.link?.isUp === false ? dropLink(call) : only(call);
}

function dropLink(call: Call): CallStep {
  if (call.link === null) return only(call);
  return { call: { ...call, link: null }, effects: [{ type: 'close', session: call.link.session }] };
}

function end(call: Call, cause: CallEnd, at: Instant): CallStep {
  const dropped = dropLink(call);
  return { call: { ...dropped.call, phase: { name: 'ended', since: at, cause } }, effects: dropped.effects };
}

function ofLink(call: Call, session: number, next: (link: CallLink) => CallStep): CallStep {
  return call.link?.session === session ? next(call.link) : only(call);
}

function isCalled({ phase }: Call): boolean {
  return phase.name !== 'waiting' && phase.name !== 'ended';
}

function wasConnected({ phase }: Call): boolean {
  return phase.name === 'connected' || phase.name === 'audioOnly' || phase.name === 'reconnecting';
}

function troubleOf({ troubledSince: { ice, media } }: CallLink): Instant | null {
  if (ice === null || media === null) return ice ?? media;
  return Math.min(ice, media);
}

/** When the link, if it stays as it is, is no longer worth waiting for; null while it is well. */
function failsAt(link: CallLink): Instant | null {
  if (!link.isUp) return link.openedAt + callLimits.connect * Math.min(link.attempt, 3);
  const since = troubleOf(link);
  return since === null ? null : since + callLimits.troubled;
}

function giveUpAt({ phase }: Call): Instant | null {
  return phase.name === 'connecting' || phase.name === 'reconnecting' ? phase.since + callLimits.giveUp : null;
}

/** The agent's side alone makes sessions, while somebody is there to answer [CL4]. */
function canOpen(call: Call): boolean {
  return (
    call.role === 'agent' && call.isLineUp && call.isPeerHere && (call.link === null || failsAt(call.link) !== null)
  );
}

function openAt({ link, openedAt }: Call): Instant {
  const next = openedAt === null ? 0 : openedAt + callLimits.betweenSessions;
  return Math.max(next, link === null ? 0 : (failsAt(link) ?? 0));
}

function canAsk(call: Call): boolean {
  return call.role === 'guest' && call.isLineUp && (call.link === null || failsAt(call.link) !== null);
}

function askAt({ link, askedAt }: Call): Instant {
  const next = askedAt === null ? 0 : askedAt + callLimits.ask;
  return Math.max(next, link === null ? 0 : (failsAt(link) ?? 0));
}

function only(call: Call): CallStep {
  return { call, effects: [] };
}
