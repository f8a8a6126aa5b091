import { EnvironmentError, EXIT_ENVIRONMENT, readEnvironment } from './start/environment.ts';
import { DataFolderInUseError } from './start/data-folder-lock.ts';
import { createLog } from './start/log.ts';
import { StartError } from './start/start-error.ts';
import { startServer } from './start/start-server.ts';
import { ExtensionError } from './store/extension-error.ts';
import { NewerDatabaseError } from './store/migrate.ts';

const READY = 'VENTANILLA READY';
const FAILED = 1;

/** The central server as a process: starts, says so on standard output in one line, stops in order when it is told to. */
async function main(): Promise<void> {
  const log = createLog();
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  // What nobody caught leaves the process in a state that nobody knows; the database is durable.
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'an error that nobody caught');
    process.exit(FAILED);
  });
  try {
    const server = await startServer(readEnvironment(process.env), log);
    process.stdout.write(`${READY} ${JSON.stringify(server.facts)}\n`);
    const isLost = await Promise.race([stopAsked.then(() => false), server.lost.then(() => true)]);
    if (isLost) log.fatal('the database is gone');
    await server.stop();
    process.exitCode = isLost ? FAILED : 0;
  } catch (error) {
    process.exitCode = error instanceof EnvironmentError ? EXIT_ENVIRONMENT : FAILED;
    if (isForPeople(error)) process.stderr.write(`${error.message}\n`);
    else log.fatal({ error }, 'the server could not start');
  }
}

const isForPeople = (error: unknown): error is Error =>
  [EnvironmentError, DataFolderInUseError, StartError, NewerDatabaseError, ExtensionError].some(
    (kind) => error instanceof kind,
  );

await main();
