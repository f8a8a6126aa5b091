/** The keys that a description promises, one `algorithm value` each, sorted; empty if it names none. */
export function fingerprintsOf(sdp: string): string[] {
  const found = [...sdp.matchAll(/^a=fingerprint:(\S+) (\S+)\s*$/gim)].map(([, algorithm = '', value = '']) =>
    `${algorithm} ${value}`.toLowerCase(),
  );
  return [...new Set(found)].toSorted();
}

/** Whether two descriptions of one session are of the same keys: another key is another peer [CL8] (trust B70). */
export function haveSameFingerprints(before: string[], after: string[]): boolean {
  return before.length === after.length && before.every((fingerprint, index) => fingerprint === after[index]);
}
