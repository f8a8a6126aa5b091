import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ana } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';
import { attachTestWindow } from '../testing/test-window.ts';
import { createErrorWords } from '../bridge/error-body.ts';
import { DeskError } from '../desk-error.ts';
import { wipeDesk } from './wipe-desk.ts';

const desk = deskUnderTest();

/** Ana worked, wrote a draft, and has two rows that wait for the line. */
const workWithoutLine = async (): Promise<void> => {
  await desk.startWorking();
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  desk.server.addTicket(41);
  await desk.waiting(1);
  await desk.goOffline();
  const { ticketId } = await desk.attendNow();
  await desk.window.call('act', { type: 'note.add', ticketId, text: 'Nota que espera' });
  await desk.window.call('draft.save', { ticketId, text: 'A medio escribir' });
};
/** The desk is a new one: told by the preferences, which are those of the first start again. */
const isNew = async () => {
  await desk.window.until('preferences.changed', ({ theme }) => theme === 'system');
  return desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskRevoked');
};

test('[T10] [T13] a desk that is revoked at work removes all that it keeps, its key too, and says so', async () => {
  await workWithoutLine();
  const { key } = desk.home;
  const turnCode = 'C-041';
  expect(desk.onDisk()).toContain(turnCode);
  desk.server.restore();
  desk.server.revokeDesks();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [], storeNotice: null });
  expect(desk.home.key).not.toEqual(key);
  const bytes = desk.onDisk();
  expect(bytes).not.toContain(turnCode);
  expect(bytes).not.toContain(ana);
  expect(readdirSync(desk.home.folder, { recursive: true }).filter((name) => String(name).includes('wipe'))).toEqual(
    [],
  );
});

test('[T10] nothing of it comes back: neither its agents nor what waited to be sent', async () => {
  await workWithoutLine();
  desk.server.restore();
  desk.server.revokeDesks();
  await isNew();
  desk.server.cut();
  await desk.restart();
  await desk.signedOut();
  expect(desk.window.latest('session.changed')).toMatchObject({ cause: 'fresh', lastAgentEmails: [] });
  await expect(desk.signIn()).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  desk.server.restore();
  await desk.startWorking();
  expect(desk.window.latest('outbox.changed')).toEqual({ pending: [], refused: [] });
  expect(desk.server.delivered.map(({ body }) => body.type)).toEqual([]);
});

test('[T10] a desk at which nobody is signed in hears of it too', async () => {
  await desk.startWorking();
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  await desk.window.call('session.signOut', {});
  desk.server.revokeDesks();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T10] a desk that was switched off meanwhile hears of it at the next start', async () => {
  await desk.startWorking();
  await desk.window.call('preferences.set', { theme: 'dark', language: 'es', soundVolume: 1 });
  await desk.stop();
  desk.server.revokeDesks();
  await desk.open();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T13] it is not enrolled anew by itself: an agent has to sign in after being told', async () => {
  await desk.startWorking();
  await desk.window.call('session.signOut', {});
  await desk.goOffline();
  desk.server.revokeDesks();
  desk.server.restore();
  // Whichever hears of it first, this or the look at the server: the sign-in is refused, and nothing is enrolled.
  await expect(desk.signIn()).rejects.toMatchObject({ body: { code: 'DESK_REVOKED' } });
  await desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskRevoked');
  expect(desk.server.devices()).toBe(1);
});

test('[T13] whoever signs in afterwards enrols it as a new desk', async () => {
  await workWithoutLine();
  desk.server.restore();
  desk.server.revokeDesks();
  await isNew();
  await desk.signIn();
  await desk.takeSeat();
  expect(desk.server.devices()).toBe(2);
});

test('a window that is open while it happens stays, and one that closed is told nothing', async () => {
  const closed = attachTestWindow(desk.running.attach);
  await workWithoutLine();
  closed.detach();
  const seen = closed.frames.length;
  desk.server.restore();
  desk.server.revokeDesks();
  await isNew();
  await desk.window.call('line.retryNow', {});
  expect(closed.frames).toHaveLength(seen);
});

test('[T10] a wipe that was cut short is finished by the next start, before anything is read', async () => {
  await workWithoutLine();
  await desk.stop();
  const { key } = desk.home;
  await writeFile(`${desk.home.markerPath}.wipe`, '');
  await desk.open();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
  expect(desk.home.key).not.toEqual(key);
  expect(desk.onDisk()).not.toContain('C-041');
});

test('[T10] one that cannot be wiped to the end says so and lets nobody in, in the agent’s language; the next start goes on with it', async () => {
  await workWithoutLine();
  await desk.window.call('preferences.set', { theme: 'dark', language: 'en', soundVolume: 1 });
  desk.home.isKeyStuck = true;
  desk.server.restore();
  desk.server.revokeDesks();
  await desk.window.until('session.changed', (fact) => fact.state === 'signedOut' && fact.cause === 'deskNotReset');
  await expect(desk.signIn()).rejects.toMatchObject({
    body: { code: 'DESK_REVOKED', title: createErrorWords(() => 'en')(new DeskError('DESK_REVOKED')).title },
  });
  expect(desk.onDisk()).not.toContain('C-041');
  await desk.stop();
  desk.home.isKeyStuck = false;
  await desk.open();
  expect(await isNew()).toMatchObject({ lastAgentEmails: [] });
});

test('[T10] where the mark cannot be written, the key is forgotten and the files go all the same', async () => {
  await workWithoutLine();
  await desk.stop();
  let isForgotten = false;
  const keyStore = { key: () => Promise.resolve(desk.home.key), forget: async () => void (isForgotten = true) };
  await wipeDesk({ ...desk.home, markerPath: join(desk.home.folder, 'no such folder', 'marker'), keyStore });
  expect(isForgotten).toBe(true);
  expect(existsSync(desk.home.databaseFolder)).toBe(false);
  await desk.open();
});

test('[B88] [B89] a link is told once to the windows that are there, behind what they know, and nothing is done', async () => {
  await desk.startWorking();
  const { id: ticketId } = desk.server.addTicket(7);
  await desk.waiting(1);
  desk.running.showLinkedTicket(ticketId);
  expect(await desk.window.until('ticket.linked', () => true)).toEqual({ ticketId });
  const later = attachTestWindow(desk.running.attach);
  await later.call('line.retryNow', {});
  expect(later.told('ticket.linked')).toEqual([]);
  expect(desk.server.delivered).toEqual([]);
});
