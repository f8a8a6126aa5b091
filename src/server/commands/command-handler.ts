import type { CommandBody, CommandType } from '../../protocol/commands/agent-command.ts';
import type { ActTime, Actor, Work } from '../changes/work.ts';
import type { Author } from '../store/author-rows.ts';
import type { TicketRow } from '../store/ticket-rows.ts';

export type BodyOf<Type extends CommandType> = Extract<CommandBody, { type: Type }>;

export interface Acting {
  work: Work;
  author: Author;
  /** The author, as the timeline names them; carries the id of the command's event. */
  actor: Actor;
  /** The ticket that the command names (`readAhead`); null for none of this company. */
  ticket: TicketRow | null;
  /** What the author calls or attends now, or has accepted to go on with. */
  inHandId: string | null;
  /** The latest thing of theirs in other sessions, if it came after this act; null for none, or where it does not matter. */
  elsewhereAt: number | null;
  /** When it happened, as far as the desk is believed. */
  time: ActTime;
  /** It was made without waiting for the answer: its desk has gone on meanwhile. */
  isQueued: boolean;
  /** Whose statuses this transaction has locked: of nobody else may a holding be ended. */
  lockedAgents: ReadonlySet<string>;
}

/** Does one kind of command inside its transaction. Throws a `Refusal`; answers `superseded` where that is no error. */
export type CommandHandler<Type extends CommandType> = (
  acting: Acting,
  body: BodyOf<Type>,
) => Promise<'accepted' | 'superseded'>;
