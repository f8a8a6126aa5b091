import { EXIT } from './admin-error.ts';

export const EXIT_CODES = `
Works on the database of VENTANILLA_DATABASE_URL, or else on the embedded one in the data folder (VENTANILLA_DATA), also
while the server is running.

Exit codes:
  ${EXIT.done}   done
  ${EXIT.failed}   not done: the line says why (doctor: something is wrong)
  ${EXIT.usage}  the command is not written right
  ${EXIT.badData}  a file or a backup is damaged or not right
  ${EXIT.unavailable}  the data folder is in use and its database cannot be reached
  ${EXIT.environment}  a variable of the environment has a wrong value
`;

export const SETUP_HELP = `
docs/office.example.yaml shows the whole file. What is in the file is made or changed, known by its slug, name or e-mail;
nothing is removed. One-time passwords and tokens of what is new are printed once and kept nowhere.
`;

export const EVIDENCE_HELP = `
Ends with ${EXIT.done} when all is as it was written, with ${EXIT.badData} when something was altered, deleted or reordered: each such line of a
journal or row of a table is named. A line that a server at work has not committed yet, or that one left when it was cut off,
is told as unsettled and is no fault: it was never shown, and is made void at the next start.
`;
