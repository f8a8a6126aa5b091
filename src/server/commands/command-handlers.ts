import type { CommandBody, CommandType } from '../../protocol/commands/agent-command.ts';
import { acknowledge, begin, finish, free, noShow, recall, touch, transferAttention } from './attention-handlers.ts';
import type { Acting, CommandHandler } from './command-handler.ts';
import { askConsent, retractConsent } from './consent-handlers.ts';
import { editContact, linkContact } from './contact-handlers.ts';
import { reportCall } from './call-handlers.ts';
import { blockGuest } from './guest-handlers.ts';
import { addMark } from './mark-handlers.ts';
import { readMessages, sendMessage } from './message-handlers.ts';
import { addNote, chooseTopics } from './note-handlers.ts';
import { chooseNextStatus, chooseStatus, setManual } from './status-handlers.ts';
import { acceptTransfer, cancelTransfer, declineTransfer, offerTransfer } from './transfer-handlers.ts';
import { attendNow, callTicket, cancelTicket, createTicket, requeueTicket, transferTicket } from './ticket-handlers.ts';

const handlers: { [Type in CommandType]: CommandHandler<Type> } = {
  'status.choose': chooseStatus,
  'status.chooseNext': chooseNextStatus,
  'status.setManual': setManual,
  'ticket.create': createTicket,
  'ticket.attendNow': attendNow,
  'ticket.call': callTicket,
  'ticket.transfer': transferTicket,
  'ticket.requeue': requeueTicket,
  'ticket.cancel': cancelTicket,
  'ticket.free': free,
  'attention.acknowledge': acknowledge,
  'attention.touch': touch,
  'attention.begin': begin,
  'attention.recall': recall,
  'attention.noShow': noShow,
  'attention.finish': finish,
  'attention.transfer': transferAttention,
  'note.add': addNote,
  'topics.choose': chooseTopics,
  'contact.edit': editContact,
  'contact.link': linkContact,
  'mark.add': addMark,
  'call.report': reportCall,
  'consent.ask': askConsent,
  'consent.retract': retractConsent,
  'message.send': sendMessage,
  'message.read': readMessages,
  'transfer.offer': offerTransfer,
  'transfer.cancel': cancelTransfer,
  'transfer.accept': acceptTransfer,
  'transfer.decline': declineTransfer,
  'guest.block': blockGuest,
};

/** Does a command by the one handler of its type. */
export function handleCommand(acting: Acting, body: CommandBody): Promise<'accepted' | 'superseded'> {
  const handler = handlers[body.type] as CommandHandler<typeof body.type>;
  return handler(acting, body);
}
