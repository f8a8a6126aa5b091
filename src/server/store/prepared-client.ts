import { createHash } from 'node:crypto';
import pg from 'pg';

/** A list of values makes a statement of its own for each length: those of long ones are not worth keeping. */
const MOST_PARAMETERS = 32;
/**
 * What a connection says of a statement that is not as it was prepared: its table has got other columns since, it is not known
 * (any more), or another has its name already.
 */
const NOT_AS_PREPARED = new Set(['0A000', '26000', '42P05']);

const names = new Map<string, string>();

/** From the text alone: whatever process prepared it, the same name is the same statement. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  names.set(text, name);
  return name;
}

/**
 * A connection on which PostgreSQL parses and plans each statement once, however often it is asked; statements that are called
 * together leave in one packet.
 */
export class PreparedClient extends pg.Client {
  // After a migration by another process the statements of this connection are prepared anew, under other names.
  #generation = 0;

  override query(...input: unknown[]): never {
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    const [text, values, callback] = input;
    const send = super.query.bind(this) as (...given: unknown[]) => unknown;
    const isKept = typeof text === 'string' && Array.isArray(values) && values.length > 0;
    if (!isKept || values.length > MOST_PARAMETERS) return send(...input) as never;
    const generation = this.#generation;
    const named = { name: `${nameOf(text)}.${generation}`, text, values: values as unknown[] };
    if (callback !== undefined) return send(named, callback) as never;
    const answer = send(named) as Promise<unknown>;
    answer.catch(({ code }: { code?: string }) => {
      if (code !== undefined && NOT_AS_PREPARED.has(code)) this.#generation = generation + 1;
    });
    return answer as never;
  }
}
