/** Packages with programs of the machine's own kind: they cannot be bundled, and the desk's installer carries them whole. */
export const carriedPackages = ['better-sqlite3', '@node-rs/argon2'];
