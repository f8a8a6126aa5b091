import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** The part of Vitest's JSON report that names failures. */
type VitestReport = {
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
};

/** The part of Playwright's JSON report that names failures. */
type Suite = {
  suites?: Suite[];
  specs?: {
    title: string;
    file: string;
    ok: boolean;
    tests: { results: { errors: { message?: string }[] }[] }[];
  }[];
};
type PlaywrightReport = { suites: Suite[]; errors: { message?: string }[] };

const failures = {
  vitest: ({ testResults }: VitestReport): string[] =>
    testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message && assertionResults.length === 0 ? [line(relative(process.cwd(), name), message)] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) =>
          line(`${relative(process.cwd(), name)} › ${fullName}`, failureMessages[0]),
        ),
    ]),
  playwright: ({ suites, errors }: PlaywrightReport): string[] => [
    ...errors.map(({ message }) => line('before any test', message)),
    ...suites.flatMap(failedSpecs),
  ],
};

/** One line for each failed test, with the first of what it said; nothing when the runner left no report. */
export function failuresOf(runner: 'vitest' | 'playwright', reportPath: string): string[] {
  if (!existsSync(reportPath)) return [];
  try {
    return failures[runner](JSON.parse(readFileSync(reportPath, 'utf8')));
  } catch {
    return []; // Cut while it was written.
  }
}

function failedSpecs({ suites = [], specs = [] }: Suite): string[] {
  const own = specs.filter(({ ok }) => !ok);
  return [
    ...own.map(({ file, title, tests }) =>
      line(`${file} › ${title}`, tests.flatMap(({ results }) => results).flatMap(({ errors }) => errors)[0]?.message),
    ),
    ...suites.flatMap(failedSpecs),
  ];
}

const COLOURS = /\u001B\[[\d;]*m/g;

function line(where: string, message = ''): string {
  const [first = ''] = message.replace(COLOURS, '').split('\n');
  return first === '' ? where : `${where}: ${first}`;
}
