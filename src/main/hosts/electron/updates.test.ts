import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { createUpdates, type UpdateStage } from './updates.ts';

class StubUpdater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  allowDowngrade = true;
  allowPrerelease = true;
  disableWebInstaller = false;
  logger: null = null;
  setFeedURL = vi.fn();
  checkForUpdates = vi.fn(() => Promise.resolve(null));
  quitAndInstall = vi.fn();
}

function open() {
  const updater = new StubUpdater();
  const desk = { hasTicket: false, stages: [] as UpdateStage[] };
  const updates = createUpdates({
    updater: updater as unknown as Parameters<typeof createUpdates>[0]['updater'],
    server: 'https://central.example',
    hasTicketInHand: () => desk.hasTicket,
    changed: (stage) => void desk.stages.push(stage),
    log: pino({ enabled: false }),
  });
  return { updater, desk, updates };
}

test('[T23] updates come from the company’s own server, never an older or a preliminary version', () => {
  const { updater } = open();
  expect(updater.setFeedURL).toHaveBeenCalledExactlyOnceWith({
    provider: 'generic',
    url: 'https://central.example/updates',
  });
  expect(updater).toMatchObject({ allowDowngrade: false, allowPrerelease: false, disableWebInstaller: true });
});

test('[T23] without a downloaded update nothing restarts', () => {
  const { updater, updates } = open();
  updates.install();
  updates.ticketChanged();
  expect(updater.quitAndInstall).not.toHaveBeenCalled();
  expect(updates.stage()).toBe('none');
});

test('[T23] a downloaded update waits for the agent', () => {
  const { updater, updates, desk } = open();
  updater.emit('update-downloaded', { version: '9.0.0' });
  expect(desk.stages).toEqual(['ready']);
  updates.ticketChanged();
  expect(updater.quitAndInstall).not.toHaveBeenCalled();
  updates.install();
  expect(updater.quitAndInstall).toHaveBeenCalledExactlyOnceWith(true, true);
});

test('[T23] with a ticket in hand it waits for its end, and only then restarts', () => {
  const { updater, updates, desk } = open();
  updater.emit('update-downloaded', { version: '9.0.0' });
  desk.hasTicket = true;
  updates.install();
  updates.ticketChanged();
  expect(updater.quitAndInstall).not.toHaveBeenCalled();
  expect(updates.stage()).toBe('planned');
  updater.emit('update-downloaded', { version: '9.0.1' });
  expect(updates.stage()).toBe('planned');
  desk.hasTicket = false;
  updates.ticketChanged();
  expect(updater.quitAndInstall).toHaveBeenCalledOnce();
});

test('[T23] a feed that fails is no accident of the desk', async () => {
  const { updater, updates } = open();
  updater.checkForUpdates.mockRejectedValueOnce(new Error('sha512 checksum mismatch'));
  updates.start();
  updater.emit('error', new Error('New version 9.0.0 is not signed by the application owner'));
  await Promise.resolve();
  updates.stop();
  expect(updates.stage()).toBe('none');
});
