/** A program for the updater's test: asks the feed of FEED_SERVER once, with the real updater, and says what came of it. */
import { app } from 'electron';
import electronUpdater from 'electron-updater';
import { pino } from 'pino';
import { createUpdates } from '../../../src/main/hosts/electron/updates.ts';

const { autoUpdater } = electronUpdater;
await app.whenReady();
const outcome = new Promise<string>((resolve) => {
  autoUpdater.on('update-downloaded', ({ version }) => resolve(`downloaded ${version}`));
  autoUpdater.on('update-not-available', () => resolve('nothing newer'));
  autoUpdater.on('error', ({ message }) => resolve(`refused: ${message.split('\n')[0]}`));
});
const updates = createUpdates({
  updater: autoUpdater,
  server: process.env['FEED_SERVER'] ?? '',
  hasTicketInHand: () => false,
  changed: () => undefined,
  log: pino({ enabled: false }),
});
updates.start();
const said = { outcome: await outcome, stage: updates.stage() };
updates.stop();
process.stdout.write(`VENTANILLA READY ${JSON.stringify(said)}\n`);
app.exit(0);
