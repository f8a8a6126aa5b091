import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

const COOKIE = 0x2112a442;
const METHOD = { allocate: 0x003, createPermission: 0x008, send: 0x006, data: 0x007 } as const;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  addressFamily: 0x0017,
  transport: 0x0019,
} as const;
const UDP = 17;

type Attribute = readonly [type: number, value: Buffer];

export interface Place {
  address: string;
  port: number;
}

interface Answer {
  /** 0 for a success, else the relay's error code. */
  code: number;
  attributes: Map<number, Buffer>;
}

/** As little of TURN over UDP (RFC 8656) as it takes to try a relay's credentials and its ranges of peers. */
export class TurnClient {
  readonly #socket;
  readonly #relay: Place;
  readonly #user: { username: string; credential: string };
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);
  /** What came in through the relay: who sent it, and what. */
  onData: (data: Buffer) => void = () => undefined;

  constructor(relay: Place, user: { username: string; credential: string }) {
    this.#relay = relay;
    this.#user = user;
    this.#socket = createSocket(isIP(relay.address) === 6 ? 'udp6' : 'udp4');
    this.#socket.on('message', (message) => this.#take(message));
  }

  /** A place at the relay, or the code with which it is refused. */
  async allocate(family: 4 | 6 = 4): Promise<Place | number> {
    const asked: Attribute[] = [
      [ATTRIBUTE.transport, Buffer.from([UDP, 0, 0, 0])],
      [ATTRIBUTE.addressFamily, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])],
    ];
    const challenge = await this.#ask(METHOD.allocate, asked);
    if (challenge.code !== 401) throw new Error(`The relay asked for no credentials: ${challenge.code}`);
    this.#realm = challenge.attributes.get(ATTRIBUTE.realm) ?? this.#realm;
    this.#nonce = challenge.attributes.get(ATTRIBUTE.nonce) ?? this.#nonce;
    const { code, attributes } = await this.#ask(METHOD.allocate, asked, true);
    const relayed = attributes.get(ATTRIBUTE.relayed);
    if (code !== 0 || relayed === undefined) return code;
    if (family === 6) return { address: '::', port: relayed.readUInt16BE(2) ^ (COOKIE >>> 16) };
    const address = [4, 5, 6, 7].map((at) => (relayed[at] ?? 0) ^ ((COOKIE >>> ((7 - at) * 8)) & 0xff)).join('.');
    return { address, port: relayed.readUInt16BE(2) ^ (COOKIE >>> 16) };
  }

  /** 0 where the peer may speak with us through the relay, else the code with which it is refused. */
  async permit(address: string): Promise<number> {
    const answer = await this.#ask(METHOD.createPermission, (id) => [peer({ address, port: 9 }, id)], true);
    return answer.code;
  }

  send(to: Place, data: Buffer): void {
    const id = randomBytes(12);
    this.#write(message(0x0010 | METHOD.send, id, [peer(to, id), [ATTRIBUTE.data, data]]));
  }

  close(): void {
    this.#socket.close();
  }

  #ask(method: number, asked: Attribute[] | ((id: Buffer) => Attribute[]), isSigned = false): Promise<Answer> {
    const id = randomBytes(12);
    const attributes = typeof asked === 'function' ? asked(id) : asked;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id.toString('hex'), resolve));
    this.#write(isSigned ? this.#signed(method, id, attributes) : message(method, id, attributes));
    return answered;
  }

  #signed(method: number, id: Buffer, attributes: Attribute[]): Buffer {
    const { username, credential } = this.#user;
    const all: Attribute[] = [
      ...attributes,
      [ATTRIBUTE.username, Buffer.from(username)],
      [ATTRIBUTE.realm, this.#realm],
      [ATTRIBUTE.nonce, this.#nonce],
    ];
    const key = createHash('md5').update(`${username}:${this.#realm.toString()}:${credential}`).digest();
    const unsigned = message(method, id, all);
    // The length counts the signature that follows.
    unsigned.writeUInt16BE(unsigned.length - 20 + 24, 2);
    const integrity = createHmac('sha1', key).update(unsigned).digest();
    return message(method, id, [...all, [ATTRIBUTE.integrity, integrity]]);
  }

  #write(bytes: Buffer): void {
    this.#socket.send(bytes, this.#relay.port, this.#relay.address);
  }

  #take(bytes: Buffer): void {
    const type = bytes.readUInt16BE(0);
    const attributes = read(bytes);
    if (type === (0x0010 | METHOD.data)) return this.onData(attributes.get(ATTRIBUTE.data) ?? Buffer.alloc(0));
    const id = bytes.subarray(8, 20).toString('hex');
    const error = attributes.get(ATTRIBUTE.errorCode);
    this.#waiting.get(id)?.({ code: error ? (error[2] ?? 0) * 100 + (error[3] ?? 0) : 0, attributes });
    this.#waiting.delete(id);
  }
}

function message(type: number, id: Buffer, attributes: Attribute[]): Buffer {
  const body = Buffer.concat(
    attributes.map(([name, value]) => {
      const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
      padded.writeUInt16BE(name, 0);
      padded.writeUInt16BE(value.length, 2);
      value.copy(padded, 4);
      return padded;
    }),
  );
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, id, body]);
}

function read(bytes: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return attributes;
}

/** An address is masked by the cookie, one of IPv6 by the message's id as well. */
function peer({ address, port }: Place, id: Buffer): Attribute {
  const is6 = isIP(address) === 6;
  const plain = is6 ? bytesOf6(address) : Buffer.from(address.split('.').map(Number));
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(COOKIE, 0);
  id.copy(mask, 4);
  const value = Buffer.alloc(4 + plain.length);
  value.writeUInt16BE(is6 ? 2 : 1, 0);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  for (const [at, byte] of plain.entries()) value[4 + at] = byte ^ (mask[at] ?? 0);
  return [ATTRIBUTE.peer, value];
}

/** Of an address whose last groups may be written as IPv4. */
function bytesOf6(address: string): Buffer {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [before = '', after] = hex.split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const middle = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => 0);
  const bytes = Buffer.alloc(16);
  for (const [at, group] of [...head, ...middle, ...tail].entries()) bytes.writeUInt16BE(group, at * 2);
  return bytes;
}
