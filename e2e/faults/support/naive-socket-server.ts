/** What the fuzzing must find: a server that tells what went wrong inside, keeps what it got, and looks events up in an object. */
import { WebSocketServer } from 'ws';

const sins = process.env['SINS'] ?? '';
const kept: Buffer[] = [];
const sessions = { ana: 'token-of-ana' };
const handlers: Record<string, (frame: object) => unknown> = { ping: () => ({ type: 'pong' }) };

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
  const address = server.address();
  process.stdout.write(
    `VENTANILLA READY ${JSON.stringify({ port: typeof address === 'object' ? address?.port : null })}\n`,
  );
});
server.on('connection', (socket) => {
  let bad = 0;
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (sins.includes('keeps')) kept.push(Buffer.alloc(200_000, 1));
    try {
      const frame = JSON.parse(data.toString()) as { type: string };
      if (sins.includes('falls') && typeof frame.type === 'object') setImmediate(() => frame.type.trim());
      const answer = (handlers[frame.type] as (frame: object) => unknown)(frame);
      if (sins.includes('echoes') && typeof answer !== 'object') throw new Error(JSON.stringify(sessions));
      socket.send(JSON.stringify({ type: 'pong' }));
    } catch (error) {
      const told = sins.includes('tells') ? { stack: (error as Error).stack } : {};
      const echoed = sins.includes('echoes') && !isBinary ? { sessions } : {};
      socket.send(JSON.stringify({ type: 'error', error: { code: 'BAD_FRAME', ...told, ...echoed } }));
      bad += 1;
      if (bad >= 10) socket.close(1008);
    }
  });
});
