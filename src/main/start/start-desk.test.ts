import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketId } from '../../protocol/ids.ts';
import { ana, branch, caja, moduleOne, PASSWORD } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import { createDeskHome, openTestDesk, startWorking, type DeskHome, type OpenDesk } from '../testing/test-desk.ts';
import { attachTestWindow } from '../testing/test-window.ts';
import { createErrorWords } from '../bridge/error-body.ts';
import { DeskError } from '../desk-error.ts';
import { wipeDesk } from './wipe-desk.ts';

let server: FakeServer;
let home: DeskHome;
let desk: OpenDesk;

beforeEach(async () => {
  server = await startFakeServer();
  home = createDeskHome();
  desk = await openTestDesk(home, server);
});
afterEach(async () => {
  await desk.stop();
  await server.stop();
  home.remove();
});

const restart = async (): Promise<void> => {
  await desk.stop();
  desk = await openTestDesk(home, server);
};
const signIn = () => desk.window.call('session.signIn', { email: 'ana@demo.test', password: PASSWORD });
const attendNow = async (): Promise<TicketId> => {
  const act = { type: 'ticket.attendNow', serviceId: caja, customer: { type: 'none' } } as const;
  return (await desk.window.call('act', act)).ticketId!;
};
/** Ana worked, wrote a draft, and has two rows that wait for the line. */
const workWithoutLine = async (): Promise<void> => {
  await startWorking(desk.window);
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  server.addTicket(41);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  const ticketId = await attendNow();
  await desk.window.call('act', { type: 'note.add', ticketId, text: 'Nota que espera' });
  await desk.window.call('draft.save', { ticketId, text: 'A medio escribir' });
};
/** The desk is a new one: told by the preferences, which are those of the first start again. */
const isNew = async () => {
  await desk.window.until('preferences.changed', ({ theme }) => theme === 'system');
  return desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskRevoked');
};
/** Every byte that the desk keeps on disk. */
const onDisk = (): string =>
  readdirSync(home.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

test('[T10] [T13] a desk that is revoked at work removes all that it keeps, its key too, and says so', async () => {
  await workWithoutLine();
  const { key } = home;
  const turnCode = 'C-041';
  expect(onDisk()).toContain(turnCode);
  server.restore();
  server.revokeDesks();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [], storeNotice: null });
  expect(home.key).not.toEqual(key);
  const bytes = onDisk();
  expect(bytes).not.toContain(turnCode);
  expect(bytes).not.toContain(ana);
  expect(readdirSync(home.folder, { recursive: true }).filter((name) => String(name).includes('wipe'))).toEqual([]);
});

test('[T10] nothing of it comes back: neither its agents nor what waited to be sent', async () => {
  await workWithoutLine();
  server.restore();
  server.revokeDesks();
  await isNew();
  server.cut();
  await restart();
  await desk.window.until('session.changed', ({ state }) => state === 'signedOut');
  expect(desk.window.latest('session.changed')).toMatchObject({ cause: 'fresh', lastAgentEmails: [] });
  await expect(signIn()).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  server.restore();
  await startWorking(desk.window);
  expect(desk.window.latest('outbox.changed')).toEqual({ pending: [], refused: [] });
  expect(server.delivered.map(({ body }) => body.type)).toEqual([]);
});

test('[T10] a desk at which nobody is signed in hears of it too', async () => {
  await startWorking(desk.window);
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  await desk.window.call('session.signOut', {});
  server.revokeDesks();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T10] a desk that was switched off meanwhile hears of it at the next start', async () => {
  await startWorking(desk.window);
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  await desk.stop();
  server.revokeDesks();
  desk = await openTestDesk(home, server);
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T13] it is not enrolled anew by itself: an agent has to sign in after being told', async () => {
  await startWorking(desk.window);
  await desk.window.call('session.signOut', {});
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.revokeDesks();
  server.restore();
  // Whichever hears of it first, this or the look at the server: the sign-in is refused, and nothing is enrolled.
  await expect(signIn()).rejects.toMatchObject({ body: { code: 'DESK_REVOKED' } });
  await desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskRevoked');
  expect(server.devices()).toBe(1);
});

test('[T13] whoever signs in afterwards enrols it as a new desk', async () => {
  await workWithoutLine();
  server.restore();
  server.revokeDesks();
  await isNew();
  await signIn();
  await desk.window.call('session.takeSeat', { branchId: branch, moduleId: moduleOne });
  expect(server.devices()).toBe(2);
});

test('a window that is open while it happens stays, and one that closed is told nothing', async () => {
  const closed = attachTestWindow(desk.attach);
  await workWithoutLine();
  closed.detach();
  const seen = closed.frames.length;
  server.restore();
  server.revokeDesks();
  await isNew();
  await desk.window.call('line.retryNow', {});
  expect(closed.frames).toHaveLength(seen);
});

test('[T10] a wipe that was cut short is finished by the next start, before anything is read', async () => {
  await workWithoutLine();
  await desk.stop();
  const { key } = home;
  await writeFile(`${home.markerPath}.wipe`, '');
  desk = await openTestDesk(home, server);
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
  expect(home.key).not.toEqual(key);
  expect(onDisk()).not.toContain('C-041');
});

test('[T10] one that cannot be wiped to the end says so and lets nobody in, in the agent’s language; the next start goes on with it', async () => {
  await workWithoutLine();
  await desk.window.call('preferences.set', { theme: 'dark', language: 'en', soundVolume: 1 });
  home.isKeyStuck = true;
  server.restore();
  server.revokeDesks();
  await desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskNotReset');
  await expect(signIn()).rejects.toMatchObject({
    body: { code: 'DESK_REVOKED', title: createErrorWords(() => 'en')(new DeskError('DESK_REVOKED')).title },
  });
  expect(onDisk()).not.toContain('C-041');
  await desk.stop();
  home.isKeyStuck = false;
  desk = await openTestDesk(home, server);
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T10] where the mark cannot be written, the key is forgotten and the files go all the same', async () => {
  await workWithoutLine();
  await desk.stop();
  let isForgotten = false;
  const keyStore = { key: () => Promise.resolve(home.key), forget: async () => void (isForgotten = true) };
  await wipeDesk({ ...home, markerPath: join(home.folder, 'no such folder', 'marker'), keyStore });
  expect(isForgotten).toBe(true);
  expect(existsSync(home.databaseFolder)).toBe(false);
  desk = await openTestDesk(home, server);
});

test('[B88] [B89] a link is told once to the windows that are there, behind what they know, and nothing is done', async () => {
  await startWorking(desk.window);
  const { id: ticketId } = server.addTicket(7);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  desk.showLinkedTicket(ticketId);
  expect(await desk.window.until('ticket.linked', () => true)).toEqual({ ticketId });
  const later = attachTestWindow(desk.attach);
  await later.call('line.retryNow', {});
  expect(later.told('ticket.linked')).toEqual([]);
  expect(server.delivered).toEqual([]);
});
