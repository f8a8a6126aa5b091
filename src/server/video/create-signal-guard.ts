import { isIP } from 'node:net';
import type { Signal } from '../../protocol/video/signal.ts';
import { isLoopback } from '../policies/is-loopback.ts';
import type { ServerContext } from '../start/server-context.ts';
import { checkSignal, newSignalTally, type CandidatePolicy } from './check-signal.ts';

/** What one side of a room says, looked through in its order: what of it goes on, `nothing`, `invalid`, or once in a session that its key changed. */
export type SignalGuard = (signal: Signal) => Signal | 'nothing' | 'invalid' | 'keyChanged';

/** Trust T4: without a relay the browsers need the addresses of their own network, and on this machine its own. */
export function createSignalGuard({
  turn,
  publicUrl,
  log,
  candidatesDropped,
}: Pick<ServerContext, 'turn' | 'publicUrl' | 'log' | 'candidatesDropped'>): SignalGuard {
  const allowsLocal = turn === undefined;
  const policy: CandidatePolicy = {
    allowsLocal,
    allowsLoopback: allowsLocal && isLoopback(new URL(publicUrl).hostname),
    relayOnly: turn?.policy === 'relay',
    relayAddresses: (turn?.urls ?? []).map(hostOf).filter((host) => isIP(host) !== 0),
  };
  let tally = newSignalTally();
  /** What is said of a session whose key changed goes nowhere. */
  let deadSession = 0;
  return (signal) => {
    if (signal.session <= deadSession && signal.data.type !== 'ask') return 'nothing';
    const checked = checkSignal(signal, policy, tally);
    if (checked.outcome === 'refused') {
      log.warn({ code: checked.code }, 'a signal was refused');
      if (checked.code !== 'FINGERPRINT_CHANGED') return 'invalid';
    }
    if (checked.outcome === 'refused' || signal.data.type === 'keyChanged') {
      deadSession = signal.session;
      return 'keyChanged';
    }
    tally = checked.tally;
    candidatesDropped?.(checked.dropped);
    return checked.outcome === 'kept' ? checked.signal : 'nothing';
  };
}

/** Of `turn:host:port?transport=udp` (RFC 7065). */
function hostOf(url: string): string {
  const authority = url.replace(/^\w+:/, '').replace(/\?.*$/, '');
  return /^\[(.*)\]/.exec(authority)?.[1] ?? authority.replace(/:\d+$/, '');
}
