import type { HistoryEvent } from './history.ts';

/** One holding of a ticket, from one point in the order of commits to another; `until` null: to this day. */
export interface Hold {
  ticketId: string;
  agentId: string;
  from: number;
  until: number | null;
}

/** What is there in the end. */
export interface Stored {
  /** What operations left behind, each at its place in the order of storing. */
  effects: { op: string; ticketId: string | null; position: number }[];
  holds: Hold[];
  /** What was refused after it had been acknowledged: the agent must have it again, with the reason. */
  refused: { op: string; reason: string }[];
  /** What is in front of an agent as not sent. */
  shown: { op: string; reason: string }[];
}

/**
 * Holds what clients saw against what is stored, in the manner of Jepsen. Gives one line for each broken promise:
 * acknowledged ⊆ stored, nothing twice, nothing invented, one holder at a time, order per ticket, refusals in front of the
 * agent.
 */
export function checkHistory(history: readonly HistoryEvent[], stored: Stored): string[] {
  return [
    ...checkShape(history),
    ...checkEffects(history, stored),
    ...checkHolds(stored.holds),
    ...checkOrder(history, stored),
    ...checkRefusals(stored),
  ];
}

/** A history that is none would prove nothing. */
function checkShape(history: readonly HistoryEvent[]): string[] {
  const state = new Map<string, 'open' | 'ended'>();
  const broken: string[] = [];
  for (const { type, op } of history) {
    const before = state.get(op);
    if (type === 'invoke' ? before !== undefined : before !== 'open')
      broken.push(`history: ${type} of ${op} out of turn`);
    state.set(op, type === 'invoke' ? 'open' : 'ended');
  }
  return broken;
}

function checkEffects(history: readonly HistoryEvent[], { effects, refused }: Stored): string[] {
  const times = new Map<string, number>();
  for (const { op } of effects) times.set(op, (times.get(op) ?? 0) + 1);
  const invoked = new Set(history.map(({ op }) => op));
  const isRefused = new Set(refused.map(({ op }) => op));
  const broken: string[] = [];
  for (const { type, op, client } of history) {
    if (type === 'ok' && !times.has(op) && !isRefused.has(op)) broken.push(`lost: ${op} of ${client} was acknowledged`);
    if (type === 'fail' && times.has(op)) broken.push(`invented: ${op} of ${client} was refused and is stored`);
  }
  for (const [op, count] of times) {
    if (count > 1) broken.push(`twice: ${op} is stored ${count} times`);
    if (!invoked.has(op)) broken.push(`invented: nobody asked for ${op}`);
    if (isRefused.has(op)) broken.push(`invented: ${op} was refused and is stored`);
  }
  return broken;
}

function checkHolds(holds: readonly Hold[]): string[] {
  const clashes = (key: 'ticketId' | 'agentId', word: string): string[] =>
    [...Map.groupBy(holds, (hold) => hold[key]).values()].flatMap((group) => {
      const inOrder = group.toSorted((one, other) => one.from - other.from);
      return inOrder.flatMap((hold, index) => {
        const before = inOrder[index - 1];
        if (!before || (before.until !== null && before.until <= hold.from)) return [];
        return [`${word}: ${hold.agentId} took ${hold.ticketId} while ${before.agentId} held ${before.ticketId}`];
      });
    });
  return [...clashes('ticketId', 'two holders'), ...clashes('agentId', 'two in hand')];
}

/** What a client asked for after something on the same ticket had been acknowledged stands after it. */
function checkOrder(history: readonly HistoryEvent[], { effects }: Stored): string[] {
  const places = new Map(effects.map(({ op, position }) => [op, position]));
  const last = new Map<string, { op: string; position: number }>();
  const broken: string[] = [];
  for (const { type, client, op, ticketId } of history) {
    if (ticketId === null) continue;
    const line = `${client} ${ticketId}`;
    const place = places.get(op);
    if (type === 'invoke') {
      const before = last.get(line);
      if (before && place !== undefined && place < before.position) {
        broken.push(`order: ${op} of ${client} is stored before ${before.op}, which was acknowledged earlier`);
      }
    } else if (type === 'ok' && place !== undefined && place > (last.get(line)?.position ?? -1)) {
      last.set(line, { op, position: place });
    }
  }
  return broken;
}

function checkRefusals({ refused, shown }: Stored): string[] {
  return refused
    .filter(({ op, reason }) => !shown.some((item) => item.op === op && item.reason === reason && reason !== ''))
    .map(({ op, reason }) => `hidden: ${op} was refused (${reason}) and is not in front of the agent`);
}
