import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerReady } from '../../e2e/support/office.ts';
import { startProcess } from '../../e2e/support/start-process.ts';
import type { SessionKey } from '../../src/main/sync/keys.ts';
import { createServerApi, type ServerApi } from '../../src/main/sync/server-api.ts';
import type { AgentId, BranchId, SessionId } from '../../src/protocol/ids.ts';
import { fillBranch } from '../fill-branch.ts';
import { untilStopped } from '../until-stopped.ts';

/** An agent who is signed in at a desk and sits at a module of the branch. */
export interface SignedInDesk {
  agentId: AgentId;
  sessionId: SessionId;
  key: SessionKey;
}

/** The built server on the PostgreSQL that it starts for itself, with `headers` tickets in the branch `centro` of the demo. */
export interface FilledOffice {
  /** Ends with the office. */
  folder: string;
  serverUrl: URL;
  serverPid: number;
  databaseUrl: string;
  branchId: BranchId;
  demo: ServerReady['demo'];
  api: ServerApi;
  /** Enrols a desk and takes the first free module. @param email of an agent of the demo's branch `centro` */
  signIn: (email: string) => Promise<SignedInDesk>;
  close: () => Promise<void>;
}

export async function openFilledOffice(
  headers: number,
  environment: Record<string, string> = {},
): Promise<FilledOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'ventanilla-bench-'));
  const running = await startProcess<ServerReady>('out/server/server.js', {
    VENTANILLA_DATA: folder,
    VENTANILLA_PORT: '0',
    ...environment,
  });
  const { server, demo } = running.ready;
  const serverUrl = new URL(server);
  const api = createServerApi(serverUrl, { language: () => 'es', revoked: () => undefined, dated: () => undefined });
  const close = async (): Promise<void> => {
    api.close();
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const databaseUrl = (await readFile(join(folder, 'database-url'), 'utf8')).trim();
    const branchId = (await untilStopped(fillBranch(databaseUrl, 'centro', headers))) as BranchId;
    let desks = 0;
    const signIn = async (email: string): Promise<SignedInDesk> => {
      const signedIn = await api.signIn({ email, password: demo.password, deskName: `Banco ${desks + 1}` }, null);
      if (!signedIn.device) throw new Error('The desk was not enrolled.');
      const key = { token: signedIn.sessionToken, device: signedIn.device };
      const module = signedIn.seats.find((seat) => seat.branchId === branchId)?.modules[desks];
      if (!module) throw new Error('Nowhere to sit.');
      desks += 1;
      await api.takeSeat(key, { branchId, moduleId: module.id });
      return { agentId: signedIn.agent.id, sessionId: signedIn.sessionId, key };
    };
    const serverPid = running.child.pid ?? 0;
    return { folder, serverUrl, serverPid, databaseUrl, branchId, demo, api, signIn, close };
  } catch (error) {
    await close();
    throw error;
  }
}
