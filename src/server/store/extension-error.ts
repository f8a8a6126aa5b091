/** The database lacks an extension, and its user may not create it. One line. */
export class ExtensionError extends Error {
  constructor(extension: string, options?: ErrorOptions) {
    super(
      `The database needs the extension ${extension}, and its user may not create it: grant the user CREATE on the database, ` +
        `or have an administrator run CREATE EXTENSION ${extension} in it.`,
      options,
    );
    this.name = 'ExtensionError';
  }
}
