/** How patient the desk's line is, in ms. */
export interface LineTimings {
  ping: number;
  /** Without any frame for so long the socket is taken for dead. */
  silence: number;
  handshake: number;
  backoff: { base: number; cap: number };
  /** For how long an act that needs the line is tried while its outcome is unknown. */
  directAct: number;
}

export const lineTimings: LineTimings = {
  ping: 15_000,
  silence: 30_000,
  handshake: 10_000,
  backoff: { base: 500, cap: 30_000 },
  directAct: 10_000,
};
