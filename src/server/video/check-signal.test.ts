import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Signal } from '../../protocol/video/signal.ts';
import type { SignalData } from '../../protocol/video/signal.ts';
import { kindOfAddress } from './candidate-address.ts';
import { checkSignal, newSignalTally } from './check-signal.ts';
import type { CandidatePolicy, CheckedSignal, SignalTally } from './check-signal.ts';

const strict: CandidatePolicy = { allowsLocal: false, allowsLoopback: false, relayOnly: false, relayAddresses: [] };
const open: CandidatePolicy = { ...strict, allowsLocal: true, allowsLoopback: true };
const sources = { version: 0, camera: null, microphone: null, screen: null, isSaving: false };
const key = 'a=fingerprint:sha-256 AA:BB:CC';

const line = (address: string, type = 'host', rest = ''): string =>
  `candidate:1 1 udp 2122260223 ${address} 50000 typ ${type}${rest} generation 0 ufrag abcd network-cost 999`;
const media = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=rtpmap:111 opus/48000/2'];
const sdpOf = (...lines: string[]): string =>
  ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', key, ...media, ...lines, ''].join('\r\n');
const offer = (sdp: string): SignalData => ({ type: 'offer', sdp, sources });
const candidate = (text: string): SignalData => ({ type: 'candidate', candidate: text, sdpMid: '0', sdpMLineIndex: 0 });

function check(data: SignalData, policy = open, tally: SignalTally = newSignalTally()): CheckedSignal {
  return checkSignal({ session: 7, data }, policy, tally);
}

function sdpKept(checked: CheckedSignal): string {
  if (checked.outcome !== 'kept' || checked.signal.data.type !== 'offer') throw new Error(checked.outcome);
  return checked.signal.data.sdp;
}

describe('kindOfAddress', () => {
  it.each([
    ['169.254.169.254', 'forbidden'],
    ['169.254.0.1', 'forbidden'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:a9fe:a9fe', 'forbidden'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['FE80::abcd', 'forbidden'],
    ['febf::1', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['0.0.0.0', 'forbidden'],
    ['::', 'forbidden'],
    ['::ffff:0.0.0.0', 'forbidden'],
    ['::10.0.0.1', 'forbidden'],
    ['64:ff9b::169.254.169.254', 'forbidden'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['224.0.0.251', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['ff02::fb', 'forbidden'],
    ['127.0.0.1', 'loopback'],
    ['127.1.2.3', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'local'],
    ['::ffff:10.0.0.1', 'local'],
    ['172.16.0.1', 'local'],
    ['172.31.255.255', 'local'],
    ['192.168.1.20', 'local'],
    ['100.64.0.1', 'local'],
    ['fc00::1', 'local'],
    ['fd12:3456::1', 'local'],
    ['6f1e2b9c-0c3a-4d7e-9f55-6b1f2a3c4d5e.local', 'local'],
    ['172.32.0.1', 'public'],
    ['203.0.113.9', 'public'],
    ['::ffff:203.0.113.9', 'public'],
    ['2001:db8::5', 'public'],
    ['example.com', null],
    ['a.b.local', null],
    ['fe80::1%eth0', null],
    ['2130706433', null],
    ['0x7f.1', null],
    ['127.1', null],
    ['010.0.0.1', null],
  ] as const)('[B74] [T4] %s is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });
});

describe('checkSignal', () => {
  it.each([
    ['169.254.169.254', open, false],
    ['fe80::1', open, false],
    ['example.com', open, false],
    ['10.0.0.5', open, true],
    ['6f1e2b9c-0c3a-4d7e-9f55-6b1f2a3c4d5e.local', open, true],
    ['127.0.0.1', open, true],
    ['::1', { ...strict, allowsLoopback: true }, true],
    ['10.0.0.5', { ...strict, allowsLoopback: true }, false],
    ['127.0.0.1', { ...strict, allowsLocal: true }, false],
    ['10.0.0.5', strict, false],
    ['::ffff:10.0.0.1', strict, false],
    ['6f1e2b9c-0c3a-4d7e-9f55-6b1f2a3c4d5e.local', strict, false],
    ['203.0.113.9', strict, true],
    ['203.0.113.9', { ...strict, relayOnly: true }, false],
  ] as const)(
    '[B74] [T4] a host candidate of %s under %j: kept %s, alone and within a description',
    (address, policy, isKept) => {
      const alone = check(candidate(line(address)), policy);
      expect(alone.outcome).toBe(isKept ? 'kept' : 'dropped');
      const within = check(offer(sdpOf(`a=${line(address)}`)), policy);
      expect(within).toMatchObject({ outcome: 'kept', dropped: isKept ? 0 : 1 });
      expect(sdpKept(within).includes(`${address} 50000`)).toBe(isKept);
    },
  );

  it('[T4] a relay may have a private address if it is the own one, and nothing else passes in relay mode', () => {
    const policy = { ...strict, relayOnly: true, relayAddresses: ['10.9.9.9'] };
    const outcomes = [
      line('10.9.9.9', 'relay'),
      line('203.0.113.9', 'relay'),
      line('10.9.9.8', 'relay'),
      line('10.9.9.9'),
    ].map((text) => check(candidate(text), policy).outcome);
    expect(outcomes).toEqual(['kept', 'kept', 'dropped', 'dropped']);
  });

  it('[T4] no other place tells the address behind a relay or a NAT', () => {
    const own = '192.168.1.20';
    const reflexive = line('203.0.113.9', 'srflx', ` raddr ${own} rport 50123`);
    const alone = check(candidate(reflexive), strict);
    expect(alone).toMatchObject({ outcome: 'kept' });
    expect(JSON.stringify(alone)).not.toMatch(/192\.168|50123/);
    const within = sdpOf(
      `a=${reflexive}`,
      'm=video 50000 UDP/TLS/RTP/SAVPF 96',
      `c=IN IP4 ${own}`,
      `a=rtcp:50001 IN IP4 ${own}`,
      `a=remote-candidates:1 ${own} 50123`,
    );
    const named = within.replace('o=- 1 2 IN IP4 127.0.0.1', `o=- 1 2 IN IP4 ${own}`);
    const checked = check(offer(named), strict);
    expect(sdpKept(checked)).not.toMatch(/192\.168|50123|remote-candidates/);
    // None of these is a candidate that was not passed on.
    expect(checked).toMatchObject({ dropped: 0 });
  });

  it('[B68] what a browser says passes as it is', () => {
    const sdp = sdpOf(
      'a=candidate:1 1 udp 2122260223 203.0.113.9 50000 typ host generation 0 ufrag abcd network-cost 999',
    );
    expect(sdpKept(check(offer(sdp), strict))).toBe(sdp);
  });

  it.each([
    ['text', 'hello'],
    ['JSON', '{"v":0}'],
    ['no media', ['v=0', key, ''].join('\r\n')],
    ['no key', sdpOf().replace(`${key}\r\n`, '')],
    ['50 media sections', sdpOf(...Array.from({ length: 50 }, () => media).flat())],
    ['unknown codecs only', sdpOf().replace('opus/48000/2', 'telepathy/1')],
    ['a line that is none', sdpOf('hello')],
    ['other letters', sdpOf('a=x:ñ')],
    ['61 candidates', sdpOf(...Array.from({ length: 61 }, (_, index) => `a=${line(`203.0.113.${index}`)}`))],
    ['a candidate that is none', sdpOf('a=candidate:nothing')],
    ['a candidate with a port too high', sdpOf(`a=${line('203.0.113.9').replace('50000', '70000')}`)],
    ['a lone carriage return', sdpOf('a=x\ra=candidate:1')],
    ['an empty line', sdpOf('', 'a=x')],
  ])('[B68] [T4] a description with %s is refused', (_, sdp) => {
    expect(check(offer(sdp))).toEqual({ outcome: 'refused', code: 'SIGNAL_INVALID' });
    expect(check({ type: 'answer', sdp, sources })).toEqual({ outcome: 'refused', code: 'SIGNAL_INVALID' });
  });

  it('[B68] [T4] more than 64 KB is no signal at all', () => {
    const long = sdpOf(`a=x:${'x'.repeat(65_536)}`);
    expect(Signal.safeParse({ session: 1, data: offer(long) }).success).toBe(false);
    expect(check(offer(long))).toEqual({ outcome: 'refused', code: 'SIGNAL_INVALID' });
  });

  it('[B74] [T4] the 61st candidate of a session is refused, wherever the others stood; a new session counts anew', () => {
    let tally = newSignalTally();
    const take = (data: SignalData, session = 7): string => {
      const checked = checkSignal({ session, data }, strict, tally);
      if (checked.outcome !== 'refused') ({ tally } = checked);
      return checked.outcome;
    };
    const within = Array.from({ length: 30 }, (_, index) => `a=${line(`203.0.113.${index}`)}`);
    expect(take(offer(sdpOf(...within)))).toBe('kept');
    expect(take(offer(sdpOf(...within)))).toBe('kept');
    for (let index = 0; index < 30; index += 1) expect(take(candidate(line(`10.0.0.${index}`)))).toBe('dropped');
    expect(take(candidate(line('203.0.113.99')))).toBe('refused');
    expect(take(candidate(line('203.0.113.3')))).toBe('kept');
    expect(take(candidate(line('203.0.113.99')), 8)).toBe('kept');
  });

  it('[B70] another key within a session is refused, in a new session it is not', () => {
    const first = check(offer(sdpOf()));
    if (first.outcome !== 'kept') throw new Error(first.outcome);
    const other = offer(sdpOf().replace('AA:BB:CC', 'AA:BB:CD'));
    expect(check(offer(sdpOf()), open, first.tally).outcome).toBe('kept');
    expect(check(other, open, first.tally)).toEqual({ outcome: 'refused', code: 'FINGERPRINT_CHANGED' });
    expect(checkSignal({ session: 8, data: other }, open, first.tally).outcome).toBe('kept');
  });

  it('[B68] [B74] never lets a forbidden address through, nor fails, whatever it is given', () => {
    const part = fc.constantFrom(
      '169.254.169.254',
      'fe80::1',
      '10.0.0.1',
      ' typ ',
      'host',
      'candidate:1 1 udp 1 ',
      'a=',
      'raddr ',
      '\r\n',
      'v=0',
      'm=audio 9',
      ' ',
      '50000',
      key,
    );
    const text = fc
      .array(fc.oneof(part, fc.string({ maxLength: 5 })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (first, second) => {
        for (const data of [candidate(first), offer(sdpOf(first, second)), offer(second)]) {
          const checked = check(data, strict);
          if (checked.outcome !== 'kept') continue;
          const said = 'sdp' in data && 'sdp' in checked.signal.data ? checked.signal.data.sdp.split('\r\n') : [];
          const alone = 'candidate' in checked.signal.data ? [checked.signal.data.candidate] : [];
          const candidates = [...alone, ...said.filter((each) => /^a=candidate:/i.test(each))];
          expect(candidates.filter((each) => /169\.254|fe80|10\.0\.0\.1/i.test(each))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what one side says over a call', () => {
  const generation = (ufrag: string, first: number) =>
    offer(
      sdpOf(
        `a=ice-ufrag:${ufrag}`,
        ...Array.from({ length: 40 }, (_, index) => `a=${line(`203.0.113.${first + index}`)}`),
      ),
    );

  it('[B68] [B76] has 60 candidates for each way that is looked for: a restart brings others', () => {
    const first = check(generation('one', 0));
    if (first.outcome !== 'kept') throw new Error(first.outcome);
    expect(check(generation('one', 100), open, first.tally)).toMatchObject({ outcome: 'refused' });
    expect(check(generation('two', 100), open, first.tally)).toMatchObject({ outcome: 'kept' });
  });

  it('[B68] [T3] is of the newest session: one that goes back to an older one has no limits of its own', () => {
    const first = check(generation('one', 0));
    if (first.outcome !== 'kept') throw new Error(first.outcome);
    const older = checkSignal({ session: 6, data: candidate(line('203.0.113.200')) }, open, first.tally);
    expect(older).toEqual({ outcome: 'dropped', dropped: 0, tally: first.tally });
    expect(checkSignal({ session: 1, data: { type: 'ask' } }, open, first.tally)).toMatchObject({ outcome: 'kept' });
  });
});
