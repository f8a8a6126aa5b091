/** A value of the environment that cannot be used. The message is one line that names the variable. */
export class WrongEnvironment extends Error {
  exitCode = 78;
}
