import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { SignedIn } from '../../protocol/http/desk-api.ts';
import { runAdmin } from '../admin/program.ts';

const READY = 'VENTANILLA READY ';

export interface ServerFacts {
  server: string;
  docs: string;
  demo?: { password: string; deviceToken: string; agents: { email: string; main: string[] }[] };
}

export interface ServerProcess {
  child: ChildProcess;
  ready: Promise<ServerFacts>;
  /** Exit code and signal. */
  ended: Promise<[number | null, string | null]>;
  /** On standard error so far. */
  said: () => string;
  /** How many lines on standard output so far. */
  lines: () => number;
  /** Asks it to stop and waits for its end. */
  stop: () => Promise<[number | null, string | null]>;
}

/** Real server processes and the command line, on one data folder. */
export function serverProcesses() {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-server-'));
  const dataFolder = join(folder, 'data');
  const processes: ServerProcess[] = [];
  return {
    folder,
    dataFolder,
    start: (variables: Record<string, string> = {}): ServerProcess => {
      const started = startServerProcess({ VENTANILLA_DATA: dataFolder, VENTANILLA_PORT: '0', ...variables });
      processes.push(started);
      return started;
    },
    admin: async (args: string[]): Promise<{ code: number; said: string }> => {
      let said = '';
      const say = (text: string): void => {
        said += text;
      };
      const code = await runAdmin(args, { env: { VENTANILLA_DATA: dataFolder }, out: say, error: say });
      return { code, said };
    },
    close: async (): Promise<void> => {
      for (const each of processes) await each.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function startServerProcess(variables: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'index.ts')], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let lines = 0;
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const ready = new Promise<ServerFacts>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines += 1;
      if (line.startsWith(READY)) resolve(JSON.parse(line.slice(READY.length)) as ServerFacts);
    });
    void ended.then(() => reject(new Error(said)));
  });
  // Whoever waits for it hears of a start that failed.
  ready.catch(() => undefined);
  const stop = (): ServerProcess['ended'] => {
    child.kill('SIGTERM');
    return ended;
  };
  return { child, ready, ended, said: () => said, lines: () => lines, stop };
}

export const postJson = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Signs Ana of the demo in, seats her and opens her desk's socket. */
export async function openDesk({ server, demo }: ServerFacts): Promise<WebSocket> {
  const input = { email: 'ana@demo.test', password: demo?.password, deskName: 'Mostrador' };
  const signedIn = SignedIn.parse(await (await postJson(`${server}/v1/sessions`, input)).json());
  const key = `${signedIn.device?.id}.${signedIn.device?.secret}`;
  const headers = { authorization: `Bearer ${signedIn.sessionToken}`, 'x-device': key };
  const [seat] = signedIn.seats;
  await postJson(
    `${server}/v1/sessions/current/seat`,
    { branchId: seat?.branchId, moduleId: seat?.modules[0]?.id },
    headers,
  );
  const answer = await postJson(`${server}/v1/sessions/current/socket-tickets`, {}, headers);
  const { ticket } = (await answer.json()) as { ticket: string };
  const url = `${server.replace('http', 'ws')}/v1/desk/socket`;
  const socket = new WebSocket(url, { headers: { authorization: `Device ${key}` } });
  await once(socket, 'open');
  const caughtUp = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { type: string }).type === 'caughtUp') resolve();
    });
  });
  socket.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket, cursors: {} }));
  await caughtUp;
  return socket;
}
