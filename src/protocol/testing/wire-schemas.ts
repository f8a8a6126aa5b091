import { z } from 'zod';
import { ErrorBody } from '../error-codes.ts';
import {
  ChangePassword,
  CommandResults,
  ContactMatches,
  ContactSearch,
  DeliverCommands,
  ReserveBlocks,
  ReservedBlocks,
  SignedIn,
  SignIn,
  SocketTicket,
  TakeSeat,
} from '../http/desk-api.ts';
import { IssuedTicket, IssueTicket, KioskOffer } from '../http/public-api.ts';
import { DeskDown, PublicDown } from '../socket/down.ts';
import { DeskUp, PublicUp } from '../socket/up.ts';

/** Everything that travels between two programs of different age, by name. */
const messages = {
  ChangePassword,
  CommandResults,
  ContactMatches,
  ContactSearch,
  DeliverCommands,
  DeskDown,
  DeskUp,
  ErrorBody,
  IssuedTicket,
  IssueTicket,
  KioskOffer,
  PublicDown,
  PublicUp,
  ReserveBlocks,
  ReservedBlocks,
  SignedIn,
  SignIn,
  SocketTicket,
  TakeSeat,
};

/** JSON Schema (2020-12) of every message as it stands on the wire. */
export function wireSchemas(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown,
    ]),
  );
}
