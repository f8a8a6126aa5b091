import type { Dispatcher } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import type { CommandResult } from '../../src/protocol/commands/agent-command.ts';
import type { CommandResults } from '../../src/protocol/http/desk-api.ts';
import type { IssuedSession } from './issue-sessions.ts';
import { postJson } from './post-json.ts';

/** Delivers commands of an agent, as a desk does with the line up: one answer for each. */
export async function deliverCommands(
  dispatcher: Dispatcher,
  server: string,
  session: IssuedSession,
  bodies: readonly object[],
): Promise<CommandResult[]> {
  const { agentId: authorId, sessionId, deviceKey } = session;
  const commands = bodies.map((body) => ({ id: uuidv7(), authorId, sessionId, occurredAt: null, body }));
  const headers = { authorization: `Device ${deviceKey}` };
  const answer = await postJson(dispatcher, `${server}/v1/desk/commands`, headers, { commands });
  return (answer as CommandResults).results;
}
