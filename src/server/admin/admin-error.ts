/** Why a verb was not done: one line for whoever typed it. The exit codes are listed in `--help`. */
export class AdminError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AdminError';
    this.exitCode = exitCode;
  }
}

/** After sysexits(3) where it has a code. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 64,
  badData: 65,
  unavailable: 69,
  environment: 78,
} as const;
