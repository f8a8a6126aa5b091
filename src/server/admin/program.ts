import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { AgentRole } from '../../protocol/office.ts';
import { evidenceFolder } from '../evidence/claim-folder.ts';
import { verifyEvidence } from '../evidence/verify-evidence.ts';
import { DataFolderInUseError } from '../start/data-folder-lock.ts';
import { EnvironmentError, readEnvironment, type Environment } from '../start/environment.ts';
import { createLog } from '../start/log.ts';
import { productVersion } from '../start/product.ts';
import { migrate } from '../store/migrate.ts';
import { AdminError, EXIT } from './admin-error.ts';
import { openAdminDatabase, type AdminDatabase } from './admin-database.ts';
import { addAgent, disableAccount, resetPassword } from './agent-accounts.ts';
import { backUp } from './back-up.ts';
import { listDesks, revokeDesk } from './desks.ts';
import { examine } from './doctor.ts';
import { liftBlock, listGuestBlocks } from './guest-blocks.ts';
import { EVIDENCE_HELP, EXIT_CODES, SETUP_HELP } from './help.ts';
import * as told from './tell.ts';
import { readOfficeFile } from './read-office-file.ts';
import { restore } from './restore.ts';
import { setUpOffice } from './set-up-office.ts';
import { verifyBackup } from './verify-backup.ts';
import { wipeDemo } from './wipe-demo.ts';

export interface AdminIo {
  env: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  error: (text: string) => void;
}

/** Runs one verb and returns the exit code. `args` are those after the program's name. */
export async function runAdmin(args: string[], io: AdminIo): Promise<number> {
  let code: number = EXIT.done;
  const program = adminProgram(io, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const exitCode = exitCodeOf(error);
    const { message } = error as Error;
    io.error(args.includes('--json') ? JSON.stringify({ error: message, exitCode }) : message);
    return exitCode;
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof AdminError) return error.exitCode;
  if (error instanceof EnvironmentError) return EXIT.environment;
  if (error instanceof DataFolderInUseError) return EXIT.unavailable;
  return EXIT.failed;
}

function adminProgram(io: AdminIo, exitWith: (code: number) => void): Command {
  const program = new Command('admin')
    .description('Looks after the central server: its office, accounts and backups.')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: (text) => io.error(text.trimEnd()) });
  const tell = <Result extends object>(result: Result, inWords: (result: Result) => string): void =>
    io.out(`${program.opts<{ json?: boolean }>().json ? JSON.stringify(result) : inWords(result)}\n`);
  const onDatabase = async <Result>(
    act: (database: AdminDatabase, environment: Environment) => Promise<Result>,
    { isPrepared = true } = {},
  ): Promise<Result> => {
    const environment = readEnvironment(io.env);
    mkdirSync(environment.dataFolder, { recursive: true, mode: 0o700 });
    const log = createLog();
    log.level = 'warn';
    const database = await openAdminDatabase(environment, log);
    try {
      if (isPrepared) await migrate(database.context.store.db);
      return await act(database, environment);
    } finally {
      await database.close();
    }
  };

  program
    .command('setup')
    .description('sets up or changes an office from a file; a second time changes nothing')
    .requiredOption('--file <path>', 'the office in YAML')
    .addHelpText('after', SETUP_HELP)
    .action(async ({ file }: { file: string }) => {
      const office = readOfficeFile(resolve(file));
      tell(await onDatabase(({ context }) => setUpOffice(context, office)), told.setUp);
    });

  const user = program.command('user').description('accounts of agents');
  user
    .command('add')
    .description('adds an agent and prints a one-time password')
    .requiredOption('--email <address>')
    .requiredOption('--first-name <name>')
    .option('--last-name <name>', '', '')
    .option('--phone <number>')
    .addOption(new Option('--role <role>').choices(AgentRole.options).default('agent'))
    .requiredOption('--branch <slug...>', 'where the agent works, the home first')
    .option('--main <slug...>', 'main services', [])
    .option('--support <slug...>', 'support services', [])
    .option('--company <slug>', 'needed where there are several')
    .action(async (options: unknown) => {
      const agent = parseAgent(options);
      const password = await onDatabase(({ context }) => addAgent(context, agent));
      tell({ email: agent.email, password }, told.password);
    });
  user
    .command('password <email>')
    .description('gives an agent a one-time password and ends the sessions')
    .action(async (email: string) => {
      const password = await onDatabase(({ context }) => resetPassword(context, email));
      tell({ email, password }, told.password);
    });
  user
    .command('disable <email>')
    .description('closes an account and ends its sessions')
    .action(async (email: string) => {
      await onDatabase(({ context }) => disableAccount(context, email));
      tell({ email, isDisabled: true }, () => `${email} is disabled.`);
    });

  const desk = program.command('desk').description('workstations that were let in');
  desk
    .command('list')
    .description('every desk, with who signed in there last')
    .action(async () => tell({ desks: await onDatabase(({ context }) => listDesks(context)) }, told.desks));
  desk
    .command('revoke <id>')
    .description('lets a desk in no more; it removes all that it keeps as soon as it has a connection')
    .action(async (id: string) => tell(await onDatabase(({ context }) => revokeDesk(context, id)), told.revoked));

  const guest = program.command('guest').description('guests of videos whom agents have reported');
  guest
    .command('list')
    .description('every report, the newest first, and whether it still keeps the guest out')
    .action(async () => {
      const blocks = await onDatabase(({ context }) => listGuestBlocks(context));
      tell({ blocks }, told.guestBlocks);
    });
  guest
    .command('unblock <id>')
    .description('lets a reported guest in again')
    .action(async (id: string) => tell(await onDatabase(({ context }) => liftBlock(context, id)), told.unblocked));

  program
    .command('demo')
    .description('the demo office')
    .command('wipe')
    .description('removes the demo office for good; the server must be stopped')
    .action(async () => {
      const wiped = await onDatabase((database, { dataFolder }) => wipeDemo(database, dataFolder));
      tell(wiped, ({ company }) => `${company} is removed.`);
    });

  program
    .command('backup')
    .description('writes everything, as it stands at one moment, into a new folder')
    .requiredOption('--to <folder>')
    .action(async ({ to }: { to: string }) => {
      const manifest = await onDatabase(
        ({ context }, { dataFolder }) => backUp(context.store, to, productVersion(), dataFolder),
        { isPrepared: false },
      );
      tell(manifest, told.backup);
    });
  program
    .command('restore')
    .description('writes a backup into an empty server')
    .requiredOption('--from <folder>')
    .action(async ({ from }: { from: string }) => {
      const manifest = await onDatabase(({ context }, { dataFolder }) => restore(context.store, from, dataFolder), {
        isPrepared: false,
      });
      tell(manifest, told.restored);
    });
  program
    .command('verify')
    .description('reads a backup and says whether it is whole')
    .requiredOption('--from <folder>')
    .action(async ({ from }: { from: string }) => tell(await verifyBackup(from), told.verified));

  program
    .command('consent')
    .description('evidence of terms and conditions')
    .command('verify')
    .description('reads every line of evidence and what stands in the tables, and names what is not as it was written')
    .option('--evidence <folder...>', 'folders "evidence" of other servers on this database, for their journals', [])
    .addHelpText('after', EVIDENCE_HELP)
    .action(async ({ evidence }: { evidence: string[] }) => {
      const found = await onDatabase(
        ({ context }, { dataFolder }) =>
          verifyEvidence(context.store.db, [evidenceFolder(dataFolder), ...evidence.map((folder) => resolve(folder))]),
        { isPrepared: false },
      );
      tell(found, told.evidence);
      if (found.problems.length > 0) exitWith(EXIT.badData);
    });

  program
    .command('doctor')
    .description('looks for what is wrong and changes nothing')
    .action(async () => {
      const findings = await onDatabase(
        ({ context }, { dataFolder }) => examine(context.store, dataFolder, context.clock()),
        { isPrepared: false },
      );
      tell({ findings }, told.findings);
      if (findings.some(({ state }) => state === 'failure')) exitWith(EXIT.failed);
    });
  return program;
}

const AgentOptions = z.object({
  email: z.email().transform((email) => email.toLowerCase()),
  firstName: z.string().min(1),
  lastName: z.string(),
  phone: z.string().optional(),
  role: AgentRole,
  branch: z.array(z.string()),
  main: z.array(z.string()),
  support: z.array(z.string()),
  company: z.string().optional(),
});

function parseAgent(options: unknown): Parameters<typeof addAgent>[1] {
  const parsed = AgentOptions.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AdminError(`--${String(issue?.path[0])}: ${issue?.message}`, EXIT.usage);
  }
  const { branch, phone, company, ...rest } = parsed.data;
  return { ...rest, branches: branch, phone: phone ?? null, company: company ?? null };
}
