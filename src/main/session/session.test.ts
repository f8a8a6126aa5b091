import { expect, test } from 'vitest';
import { ana } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest();

test('a wrong password is told as it is, and the desk goes on asking', async () => {
  await expect(desk.signIn('ana@demo.test', 'otra')).rejects.toMatchObject({
    body: { code: 'WRONG_CREDENTIALS', title: 'El correo o la contraseña no coinciden.' },
  });
  await desk.signIn();
  expect(desk.window.latest('session.changed')?.state).toBe('choosingSeat');
});

test('[S2-06] [S2-07] [S2-08] [S2-11] at work the desk knows its branch, module and services', async () => {
  const working = await desk.startWorking();
  expect(working).toMatchObject({ branch: { name: 'Sucursal Centro' }, module: { name: 'Módulo 1' } });
  expect(working.mainServices).toHaveLength(3);
  expect(working.supportServices).toHaveLength(1);
});

test('a desk enrolled once keeps its key: the second sign-in shows it', async () => {
  await desk.startWorking();
  await desk.window.call('session.signOut', {});
  await desk.restart();
  await desk.startWorking();
  expect(desk.server.devices()).toBe(1);
});

test('a desk that the server no longer knows is enrolled anew', async () => {
  await desk.startWorking();
  await desk.window.call('session.signOut', {});
  desk.server.forgetDevices();
  await desk.startWorking();
  expect(desk.server.devices()).toBe(1);
});

test('[S2-53] while a ticket is attended nobody signs out; afterwards they do', async () => {
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await expect(desk.window.call('session.signOut', {})).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
  expect(desk.window.latest('session.changed')?.state).toBe('working');
  await desk.finish(ticketId);
  await desk.window.call('session.signOut', {});
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'signedOut', cause: 'signedOut' });
});

test('[S2-53] a ticket that is being called holds the agent too', async () => {
  await desk.startWorking();
  const { id } = desk.server.addTicket(1);
  await desk.waiting(1);
  await desk.window.call('act', { type: 'ticket.call', ticketId: id });
  await desk.window.until('current.changed', ({ ticket }) => ticket !== null);
  await expect(desk.window.call('session.signOut', {})).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
});

test('[S2-52] a sign-out without the line is told to the server when it is back', async () => {
  await desk.startWorking();
  await desk.goOffline();
  await desk.window.call('session.signOut', {});
  expect(desk.server.sessions()).toBe(1);
  await desk.stop();
  desk.server.restore();
  const ended = desk.server.nextSessionEnd();
  await desk.open();
  await ended;
  expect(desk.server.sessions()).toBe(0);
});

test('[S2-52] a sign-out that the server cannot take now is told to it later', async () => {
  await desk.startWorking();
  desk.server.faults.isUnavailable = true;
  await desk.window.call('session.signOut', {});
  expect(desk.server.sessions()).toBe(1);
  await desk.stop();
  desk.server.faults.isUnavailable = false;
  const ended = desk.server.nextSessionEnd();
  await desk.open();
  await ended;
  expect(desk.server.sessions()).toBe(0);
});

test('without the line only the last agents of this desk come back, with what is in the cache', async () => {
  desk.server.addTicket(1);
  await desk.startWorking();
  await desk.waiting(1);
  desk.server.cut();
  await desk.restart();
  expect(await desk.signedOut()).toMatchObject({ lastAgentEmails: ['ana@demo.test'], cause: 'fresh' });
  await expect(desk.signIn('luis@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await expect(desk.signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  await desk.signIn('Ana@demo.test');
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
  expect((await desk.window.until('waiting.changed', () => true)).count).toBe(1);

  desk.server.restore();
  await desk.line('up');
});

test('a server without its database is no line: the last agents come back', async () => {
  await desk.startWorking();
  await desk.stop();
  desk.server.faults.isUnavailable = true;
  await desk.open();
  await desk.line('down');
  await desk.signIn();
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
  desk.server.faults.isUnavailable = false;
  await desk.line('up');
});

test('whoever signed in anew and found no seat yet comes back without the line to the one they had', async () => {
  await desk.startWorking();
  await desk.restart();
  await desk.signIn();
  await desk.stop();
  desk.server.cut();
  await desk.open();
  expect(await desk.signedOut()).toMatchObject({ lastAgentEmails: ['ana@demo.test'] });
  await desk.signIn();
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
});

test('whoever chose a seat while the line was cut is still asked for one, and sits down when the line is back', async () => {
  await desk.signIn();
  desk.server.cut();
  await expect(desk.takeSeat()).rejects.toMatchObject({ body: { retryable: true } });
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'choosingSeat' });
  desk.server.restore();
  await desk.takeSeat();
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', module: { name: 'Módulo 1' } });
});

test('whoever signed out does not come back without the line', async () => {
  await desk.startWorking();
  await desk.window.call('session.signOut', {});
  desk.server.cut();
  await desk.restart();
  expect(await desk.signedOut()).toMatchObject({ lastAgentEmails: [] });
  await expect(desk.signIn()).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});

/** Ana worked here and the desk ended without her signing out; then Luis sat down. */
const anaThenLuis = async (): Promise<void> => {
  await desk.startWorking();
  await desk.restart();
  await desk.signIn('luis@demo.test');
  await desk.takeSeat();
};

test('signing out without the line forgets oneself alone: the colleague who was here before comes in', async () => {
  await anaThenLuis();
  await desk.goOffline();
  await desk.window.call('session.signOut', {});
  expect(desk.window.latest('session.changed')).toMatchObject({ lastAgentEmails: ['ana@demo.test'] });
  await expect(desk.signIn('luis@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await expect(desk.signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  await expect(desk.signIn('nadie@demo.test')).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  await desk.signIn();
  expect(desk.window.latest('session.changed')).toMatchObject({ state: 'working', agent: { id: ana } });
});

test('the last agents are told with the latest first, after a restart too', async () => {
  await anaThenLuis();
  desk.server.cut();
  await desk.restart();
  expect(await desk.signedOut()).toMatchObject({ lastAgentEmails: ['luis@demo.test', 'ana@demo.test'] });
});

test('[T13] one whose session was revoked is forgotten, the others are not', async () => {
  await anaThenLuis();
  desk.server.endSessions();
  desk.server.closeSockets(4401, 'revoked');
  expect(await desk.signedOut()).toMatchObject({ cause: 'revoked', lastAgentEmails: ['ana@demo.test'] });
});

test('[T13] a password that the server does not take any more opens nothing without the line either', async () => {
  await desk.startWorking();
  await desk.restart();
  desk.server.changePasswords('una frase nueva');
  await expect(desk.signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  desk.server.cut();
  await expect(desk.signIn('ana@demo.test', 'otra')).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  desk.server.restore();
  await expect(desk.signIn()).rejects.toMatchObject({ body: { code: 'WRONG_CREDENTIALS' } });
  desk.server.cut();
  await expect(desk.signIn()).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});

test('[S2-52] two sign-outs without the line are both told to the server when it is back', async () => {
  await anaThenLuis();
  await desk.goOffline();
  await desk.window.call('session.signOut', {});
  await desk.signIn();
  await desk.window.call('session.signOut', {});
  await desk.stop();
  desk.server.restore();
  const ended = desk.server.nextSessionEnd(2);
  await desk.open();
  await ended;
  expect(desk.server.sessions()).toBe(0);
});

test('[T13] a session that was ended elsewhere leaves the desk, with its cause', async () => {
  await desk.startWorking();
  desk.server.endSessions();
  desk.server.closeSockets(4401, 'signedInElsewhere');
  expect(await desk.signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
  await expect(desk.window.call('act', { type: 'status.choose', state: 'online' })).rejects.toMatchObject({
    body: { code: 'UNAUTHENTICATED' },
  });
});

test('[T13] a session that was revoked while the line was down is over when it is back', async () => {
  await desk.startWorking();
  await desk.goOffline();
  desk.server.endSessions();
  desk.server.restore();
  expect(await desk.signedOut()).toMatchObject({ cause: 'revoked' });
});

test('[T13] whoever came in elsewhere while the line was down is told so here when it is back', async () => {
  await desk.startWorking();
  await desk.goOffline();
  desk.server.endSessions();
  desk.server.faults.signedInElsewhere = true;
  desk.server.restore();
  expect(await desk.signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
});

test('another desk process with the same key takes over, and this one says so', async () => {
  await desk.startWorking();
  desk.server.closeSockets(4409, 'replaced');
  expect(await desk.signedOut()).toMatchObject({ cause: 'signedInElsewhere' });
});

test('[T10] what one agent saw is not told to the next', async () => {
  await desk.startWorking();
  const { ticketId } = await desk.attendNow();
  await desk.finish(ticketId);
  await desk.allSent();
  await desk.window.call('session.signOut', {});
  await desk.signIn('luis@demo.test');
  await desk.takeSeat();
  await desk.line('up');
  const { tickets } = await desk.window.until('handled.changed', () => true);
  expect(tickets).toEqual([]);
});
