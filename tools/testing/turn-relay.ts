import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const example = join(import.meta.dirname, '..', '..', 'docs', 'turnserver.example.conf');

/** Why no relay can be had on this machine; null where one can. A network namespace needs root on Linux. */
export function relayObstacle(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a network namespace needs root on Linux';
  const folders = (process.env['PATH'] ?? '').split(':');
  for (const program of ['ip', 'turnserver', 'setpriv']) {
    if (!folders.some((folder) => existsSync(join(folder, program)))) return `${program} is missing`;
  }
  return null;
}

/** A real coturn from the example configuration, at a private address behind a wire of its own. */
export interface TurnRelay {
  /** What the example's `RELAY_ADDRESS` became; the machine reaches it, and nobody else. */
  address: string;
  address6: string;
  /** The machine's own end of that wire. */
  near: string;
  port: 3478;
  /** Of TLS on TCP, where it was given a certificate. */
  tlsPort: 443;
  url: string;
  secret: string;
  /** What it has written so far. */
  log: () => string;
  /** Kills it, as a machine that loses its power would. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
}

/** `tls`: certificate and key, PEM. */
export async function openTurnRelay({ tls }: { tls?: { cert: string; key: string } } = {}): Promise<TurnRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-turn-'));
  const name = `vt${randomBytes(4).toString('hex')}`;
  const [outside, inside] = [`${name}o`, `${name}i`];
  // A link of its own, so that several runs on one machine do not meet.
  const [third, fourth] = [randomInt(256), randomInt(64) * 4];
  const near = `10.213.${third}.${fourth + 1}`;
  const address = `10.213.${third}.${fourth + 2}`;
  const prefix6 = `fd5e:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}:`;
  const address6 = `${prefix6}:2`;
  const secret = randomBytes(24).toString('hex');
  const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });
  const within = (...args: string[]): void => ip('-n', name, ...args);

  ip('netns', 'add', name);
  ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
  ip('addr', 'add', `${near}/30`, 'dev', outside);
  ip('addr', 'add', `${prefix6}:1/64`, 'dev', outside, 'nodad');
  ip('link', 'set', outside, 'up');
  within('addr', 'add', `${address}/30`, 'dev', inside);
  within('addr', 'add', `${address6}/64`, 'dev', inside, 'nodad');
  within('link', 'set', inside, 'up');
  within('link', 'set', 'lo', 'up');

  const [configuration, log] = [join(folder, 'turnserver.conf'), join(folder, 'log')];
  const filled = readFileSync(example, 'utf8')
    .replaceAll('RELAY_ADDRESS', address)
    .replaceAll('RELAY_SECRET', secret)
    .replaceAll('RELAY_REALM', 'relay.test');
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  if (tls) {
    writeFileSync(certificate, tls.cert);
    writeFileSync(key, tls.key, { mode: 0o600 });
  }
  const withTls = filled
    .replace('#tls-listening-port', 'tls-listening-port')
    .replace(/^#cert=.*$/m, `cert=${certificate}`)
    .replace(/^#pkey=.*$/m, `pkey=${key}`);
  // The example has one address; a second, of IPv6, lets the ranges of IPv6 be tried.
  writeFileSync(configuration, `${tls ? withTls : filled}listening-ip=${address6}\nrelay-ip=${address6}\n`);
  writeFileSync(log, '');
  let child: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const files = [`--userdb=${join(folder, 'turndb')}`, `--pidfile=${join(folder, 'pid')}`, `--log-file=${log}`];
    // It must not outlive a test that was killed.
    const command = ['netns', 'exec', name, 'setpriv', '--pdeathsig', 'KILL', 'turnserver', '-c', configuration];
    const started = spawn('ip', [...command, ...files, '--simple-log', '--verbose'], { stdio: 'ignore' });
    child = started;
    const ended = once(started, 'exit').then(([code]) => {
      throw new Error(`turnserver ended with ${code}:\n${readFileSync(log, 'utf8')}`);
    });
    // It may end much later, when nobody waits for its start any more.
    ended.catch(() => undefined);
    await Promise.race([answers(address), ended]);
  };
  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  };
  const close = async (): Promise<void> => {
    await stop();
    ip('netns', 'del', name);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    address,
    address6,
    near,
    port: 3478,
    tlsPort: 443,
    url: `turn:${address}:3478?transport=udp`,
    secret,
    log: () => readFileSync(log, 'utf8'),
    stop,
    start,
    close,
  };
}

/** Resolves once a STUN server answers there: it is asked again and again, for a packet to nobody is lost. */
async function answers(address: string): Promise<void> {
  const socket = createSocket('udp4');
  const binding = Buffer.from(`000100002112a442${randomBytes(12).toString('hex')}`, 'hex');
  const ask = (): void => socket.send(binding, 3478, address);
  const asking = setInterval(ask, 20);
  try {
    ask();
    await once(socket, 'message');
  } finally {
    clearInterval(asking);
    socket.close();
  }
}
