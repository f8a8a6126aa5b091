import pg from 'pg';

/** A connection of its own for hints between processes; LISTEN does not live in a pool. */
export interface Listener {
  notify: (payload: string) => Promise<void>;
  close: () => Promise<void>;
}

/** Opens the connection and listens, or rejects. `onLost` is called once when it breaks afterwards, not after `close`. */
export async function listen(
  url: string,
  channel: string,
  { onPayload, onLost }: { onPayload: (payload: string) => void; onLost: (error?: Error) => void },
): Promise<Listener> {
  const client = new pg.Client({ connectionString: url, application_name: 'ventanilla hints' });
  let isListening = false;
  const lost = (error?: Error): void => {
    if (!isListening) return;
    isListening = false;
    onLost(error);
  };
  const close = async (): Promise<void> => {
    isListening = false;
    await client.end().catch(() => undefined);
  };
  client.on('error', lost);
  client.on('end', () => lost());
  client.on('notification', ({ payload }) => onPayload(payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    isListening = true;
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
