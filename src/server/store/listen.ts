import pg from 'pg';

/** A connection of its own for hints between processes; LISTEN does not live in a pool. */
export interface Listener {
  notify: (payload: string) => Promise<void>;
  close: () => Promise<void>;
}

/** Opens the connection and listens. `onLost` is called once when it breaks afterwards, not after `close`. */
export async function listen(
  url: string,
  channel: string,
  { onPayload, onLost }: { onPayload: (payload: string) => void; onLost: (error?: Error) => void },
): Promise<Listener> {
  const client = new pg.Client({ connectionString: url, application_name: 'ventanilla hints' });
  let isOver = false;
  const lost = (error?: Error): void => {
    if (isOver) return;
    isOver = true;
    onLost(error);
  };
  const close = async (): Promise<void> => {
    isOver = true;
    await client.end().catch(() => undefined);
  };
  client.on('error', lost);
  client.on('end', () => lost());
  client.on('notification', ({ payload }) => onPayload(payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    notify: async (payload) => {
      await client.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    close,
  };
}
