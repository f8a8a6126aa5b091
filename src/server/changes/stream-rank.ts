export type StreamKind = 'company' | 'branch' | 'agent';

const RANKS: Record<StreamKind, number> = { company: 1, branch: 2, agent: 3 };

/** Counters are locked in this order, then by name, so that no two transactions wait for each other (design.md, Sync). */
export const rankOf = (kind: StreamKind): number => RANKS[kind];
