import { afterEach, beforeEach, expect, test } from 'vitest';
import { ana, branch, caja, moduleOne, PASSWORD } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import {
  createDeskHome,
  openTestDesk,
  signInAt,
  startWorking,
  type DeskHome,
  type OpenDesk,
} from '../testing/test-desk.ts';

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
const signedOut = () => desk.window.until('session.changed', ({ state }) => state === 'signedOut');
const signIn = (email: string, password = PASSWORD) => desk.window.call('session.signIn', { email, password });

test('a wrong password is told as it is, and the desk goes on asking', async () => {
  await signedOut();
  await expect(signIn('ana@demo.test', 'otra')).rejects.toMatchObject({
    body: { code: 'WRONG_CREDENTIALS', title: 'El correo o la contraseña no coinciden.' },
  });
  await signIn('ana@demo.test');
  expect(desk.window.latest('session.changed')?.state).toBe('choosingSeat');
});

test('[S2-06] [S2-07] [S2-08] [S2-11] at work the desk knows its branch, module and services', async () => {
  const working = await startWorking(desk.window);
  expect(working).toMatchObject({ branch: { name: 'Sucursal Centro' }, module: { name: 'Módulo 1' } });
  expect(working.mainServices).toHaveLength(3);
  expect(working.supportServices).toHaveLength(1);
});

test('a desk enrolled once keeps its key: the second sign-in shows it', async () => {
  await startWorking(desk.window);
  await desk.window.call('session.signOut', {});
  await restart();
  await startWorking(desk.window);
  expect(server.devices()).toBe(1);
});

test('a desk that the server no longer knows is enrolled anew', async () => {
  await startWorking(desk.window);
  await desk.window.call('session.signOut', {});
  server.forgetDevices();
  await startWorking(desk.window);
  expect(server.devices()).toBe(1);
});

test('[S2-53] while a ticket is attended nobody signs out; afterwards they do', async () => {
  await startWorking(desk.window);
  const act = { type: 'ticket.attendNow', serviceId: caja, customer: { type: 'none' } } as const;
  const { ticketId } = await desk.window.call('act', act);
  await expect(desk.window.call('session.signOut', {})).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
  expect(desk.window.latest('session.changed')?.state).toBe('working');
  await desk.window.call('act', { type: 'attention.finish', ticketId: ticketId! });
  await desk.window.call('session.signOut', {});
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'signedOut', cause: 'signedOut' });
});

test('[S2-53] a ticket that is being called holds the agent too', async () => {
  await startWorking(desk.window);
  const { id } = server.addTicket(1);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  await desk.window.call('act', { type: 'ticket.call', ticketId: id });
  await desk.window.until('current.changed', ({ ticket }) => ticket !== null);
  await expect(desk.window.call('session.signOut', {})).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
});

test('[S2-52] a sign-out without the line is told to the server when it is back', async () => {
  await startWorking(desk.window);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.window.call('session.signOut', {});
  expect(server.sessions()).toBe(1);
  await desk.stop();
  server.restore();
  const ended = server.nextSessionEnd();
  desk = await openTestDesk(home, server);
  await ended;
  expect(server.sessions()).toBe(0);
});

test('[S2-52] a sign-out that the server cannot take now is told to it later', async () => {
  await startWorking(desk.window);
  server.faults.isUnavailable = true;
  await desk.window.call('session.signOut', {});
  expect(server.sessions()).toBe(1);
  await desk.stop();
  server.faults.isUnavailable = false;
  const ended = server.nextSessionEnd();
  desk = await openTestDesk(home, server);
  await ended;
  expect(server.sessions()).toBe(0);
});

test('without the line only the last agents of this desk come back, with what is in the cache', async () => {
  server.addTicket(1);
  await startWorking(desk.window);
  await desk.window.until('waiting.changed', ({ count }) => count === 1);
  server.cut();
  await restart();
  expect(await signedOut()).toMatchObject({ lastAgentEmails: ['ana@demo.test'], cause: 'fresh' });
  await expect(signIn('luis@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await expect(signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  await signIn('Ana@demo.test');
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
  expect((await desk.window.until('waiting.changed', () => true)).count).toBe(1);

  server.restore();
  await desk.window.until('line.changed', ({ state }) => state === 'up');
});

test('a server without its database is no line: the last agents come back', async () => {
  await startWorking(desk.window);
  await desk.stop();
  server.faults.isUnavailable = true;
  desk = await openTestDesk(home, server);
  await desk.window.until('line.changed', ({ state }) => state === 'down');
  await signedOut();
  await signIn('ana@demo.test');
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
  server.faults.isUnavailable = false;
  await desk.window.until('line.changed', ({ state }) => state === 'up');
});

test('whoever signed in anew and found no seat yet comes back without the line to the one they had', async () => {
  await startWorking(desk.window);
  await restart();
  await signInAt(desk.window);
  await desk.stop();
  server.cut();
  desk = await openTestDesk(home, server);
  expect(await signedOut()).toMatchObject({ lastAgentEmails: ['ana@demo.test'] });
  await signIn('ana@demo.test');
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
});

test('whoever signed out does not come back without the line', async () => {
  await startWorking(desk.window);
  await desk.window.call('session.signOut', {});
  server.cut();
  await restart();
  expect(await signedOut()).toMatchObject({ lastAgentEmails: [] });
  await expect(signIn('ana@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});

/** Ana worked here and the desk ended without her signing out; then Luis sat down. */
const anaThenLuis = async (): Promise<void> => {
  await startWorking(desk.window);
  await restart();
  await signInAt(desk.window, 'luis@demo.test');
  await desk.window.call('session.takeSeat', { branchId: branch, moduleId: moduleOne });
};

test('signing out without the line forgets oneself alone: the colleague who was here before comes in', async () => {
  await anaThenLuis();
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.window.call('session.signOut', {});
  expect(desk.window.latest('session.changed')).toMatchObject({ lastAgentEmails: ['ana@demo.test'] });
  await expect(signIn('luis@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await expect(signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  await expect(signIn('nadie@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await signIn('ana@demo.test');
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', agent: { id: ana } });
});

test('the last agents are told with the latest first, after a restart too', async () => {
  await anaThenLuis();
  server.cut();
  await restart();
  expect(await signedOut()).toMatchObject({ lastAgentEmails: ['luis@demo.test', 'ana@demo.test'] });
});

test('[T13] one whose session was revoked is forgotten, the others are not', async () => {
  await anaThenLuis();
  server.endSessions();
  server.closeSockets(4401, 'revoked');
  expect(await signedOut()).toMatchObject({ cause: 'revoked', lastAgentEmails: ['ana@demo.test'] });
});

test('[T13] a password that the server does not take any more opens nothing without the line either', async () => {
  await startWorking(desk.window);
  await restart();
  server.changePasswords('una frase nueva');
  await signedOut();
  await expect(signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  server.cut();
  await expect(signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  server.restore();
  await expect(signIn('ana@demo.test')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  server.cut();
  await expect(signIn('ana@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});

test('[S2-52] two sign-outs without the line are both told to the server when it is back', async () => {
  await anaThenLuis();
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  await desk.window.call('session.signOut', {});
  await signIn('ana@demo.test');
  await desk.window.call('session.signOut', {});
  await desk.stop();
  server.restore();
  const ended = server.nextSessionEnd(2);
  desk = await openTestDesk(home, server);
  await ended;
  expect(server.sessions()).toBe(0);
});

test('[T13] a session that was ended elsewhere leaves the desk, with its cause', async () => {
  await startWorking(desk.window);
  server.endSessions();
  server.closeSockets(4401, 'signedInElsewhere');
  expect(await signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
  await expect(desk.window.call('act', { type: 'status.choose', state: 'online' })).rejects.toMatchObject({
    body: { code: 'UNAUTHENTICATED' },
  });
});

test('[T13] a session that was revoked while the line was down is over when it is back', async () => {
  await startWorking(desk.window);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.endSessions();
  server.restore();
  expect(await signedOut()).toMatchObject({ cause: 'revoked' });
});

test('[T13] whoever came in elsewhere while the line was down is told so here when it is back', async () => {
  await startWorking(desk.window);
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
  server.endSessions();
  server.faults.signedInElsewhere = true;
  server.restore();
  expect(await signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
});

test('another desk process with the same key takes over, and this one says so', async () => {
  await startWorking(desk.window);
  server.closeSockets(4409, 'replaced');
  expect(await signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
});

test('[T10] what one agent saw is not told to the next', async () => {
  await startWorking(desk.window);
  await desk.window
    .call('act', { type: 'ticket.attendNow', serviceId: caja, customer: { type: 'none' } })
    .then(({ ticketId }) => desk.window.call('act', { type: 'attention.finish', ticketId: ticketId! }));
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  await desk.window.call('session.signOut', {});
  await signInAt(desk.window, 'luis@demo.test');
  await desk.window.call('session.takeSeat', { branchId: branch, moduleId: moduleOne });
  await desk.window.until('line.changed', ({ state }) => state === 'up');
  const { tickets } = await desk.window.until('handled.changed', () => true);
  expect(tickets).toEqual([]);
});
