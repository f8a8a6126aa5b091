import { isIP } from 'node:net';
import type { Signal } from '../../protocol/video/signal.ts';
import { isLoopback } from '../policies/is-loopback.ts';
import type { ServerContext } from '../start/server-context.ts';
import { checkSignal, newSignalTally, type CandidatePolicy } from './check-signal.ts';

/** What one side of a room says, looked through in its order: what of it goes on, `nothing`, or `invalid`. */
export type SignalGuard = (signal: Signal) => Signal | 'nothing' | 'invalid';

/** Trust T4: without a relay the browsers need the addresses of their own network, and on this machine its own. */
export function createSignalGuard({
  turn,
  publicUrl,
  log,
}: Pick<ServerContext, 'turn' | 'publicUrl' | 'log'>): SignalGuard {
  const allowsLocal = turn === undefined;
  const policy: CandidatePolicy = {
    allowsLocal,
    allowsLoopback: allowsLocal && isLoopback(new URL(publicUrl).hostname),
    relayOnly: turn?.policy === 'relay',
    relayAddresses: (turn?.urls ?? []).map(hostOf).filter((host) => isIP(host) !== 0),
  };
  let tally = newSignalTally();
  return (signal) => {
    const checked = checkSignal(signal, policy, tally);
    if (checked.outcome === 'refused') {
      log.warn({ code: checked.code }, 'a signal was refused');
      return 'invalid';
    }
    tally = checked.tally;
    return checked.outcome === 'kept' ? checked.signal : 'nothing';
  };
}

/** Of `turn:host:port?transport=udp` (RFC 7065). */
function hostOf(url: string): string {
  const authority = url.replace(/^\w+:/, '').replace(/\?.*$/, '');
  return /^\[(.*)\]/.exec(authority)?.[1] ?? authority.replace(/:\d+$/, '');
}
