import type { ColumnType, Generated, JSONColumnType, Kysely, Transaction } from 'kysely';
import type { AgentState, StatusCause } from '../../protocol/agent-status.ts';
import type { ChangeBody } from '../../protocol/change.ts';
import type { CommandResult } from '../../protocol/commands/agent-command.ts';
import type { TicketFact } from '../../protocol/event.ts';
import type { AgentRole, QueueRules, ServiceKind } from '../../protocol/office.ts';
import type { QueueReason } from '../../protocol/queue-reason.ts';
import type { ConsentState } from '../../protocol/video/consent.ts';
import type { EvidenceAct } from '../../protocol/video/receipt.ts';
import type {
  Priority,
  TicketHeader,
  TicketKind,
  TicketOrigin,
  TicketOutcome,
  TicketState,
} from '../../protocol/ticket.ts';
import type { OfferFailure, OfferState } from '../../protocol/video/transfer-offer.ts';

/** Written as Date, read as Date. */
type At = ColumnType<Date, Date | string, Date | string>;
type AtOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** A `date` column: read and written as `YYYY-MM-DD` (the parser is set in connect.ts). */
type Day = string;
/** A `bigint` that stays below 2^53: read as number (connect.ts). */
type Big = ColumnType<number, number | bigint | string, number | bigint | string>;
type Json<T extends object | null> = JSONColumnType<T>;

/** Reads, inside a transaction or outside. */
export type Reader = Kysely<Database>;

/** Writes: inside a transaction. It has one connection, so its queries run one after the other. */
export type Writer = Transaction<Database>;

/** The tables of PostgreSQL as kysely sees them; `migrations/` is the source. */
export interface Database {
  company: {
    id: string;
    slug: string;
    name: string;
    locale: string;
    country: string;
    is_demo: boolean;
    next_number: ColumnType<number, number | undefined, number>;
    created_at: Generated<Date>;
  };
  branch: {
    id: string;
    company_id: string;
    slug: string;
    name: string;
    kind: 'office' | 'remote';
    time_zone: string;
    queue_rules: Json<QueueRules>;
    shows_names: Generated<boolean>;
    position: Generated<number>;
  };
  department: { id: string; branch_id: string; name: string; position: Generated<number> };
  service: {
    id: string;
    branch_id: string;
    department_id: string;
    slug: string;
    name: string;
    letter: string;
    kind: ServiceKind;
    minutes: number;
    lateness_minutes: number;
    position: Generated<number>;
    is_also_video: Generated<boolean>;
  };
  topic: { id: string; service_id: string; name: string; position: Generated<number> };
  module: { id: string; branch_id: string; name: string; position: Generated<number> };
  agent: {
    id: string;
    company_id: string;
    email: string;
    first_name: string;
    last_name: string;
    phone: string | null;
    role: AgentRole;
    password_hash: string;
    must_change_password: Generated<boolean>;
    disabled_at: AtOrNull;
    created_at: Generated<Date>;
  };
  agent_branch: { agent_id: string; branch_id: string; is_home: Generated<boolean> };
  agent_service: { agent_id: string; service_id: string; level: 'main' | 'support' };
  device: {
    id: string;
    company_id: string;
    branch_id: string | null;
    kind: 'desk' | 'kiosk';
    name: string;
    secret_hash: Buffer;
    created_at: Generated<Date>;
    revoked_at: AtOrNull;
  };
  session: {
    id: string;
    agent_id: string;
    device_id: string;
    token_hash: Buffer;
    branch_id: string | null;
    module_id: string | null;
    created_at: At;
    expires_at: At;
    ended_at: AtOrNull;
    end_cause: string | null;
  };
  seat: { session_id: string; taken_at: At; branch_id: string; module_id: string };
  socket_ticket: { ticket_hash: Buffer; session_id: string; expires_at: At };
  agent_status: {
    agent_id: string;
    state: AgentState;
    next_state: AgentState;
    is_manual: boolean;
    since: At;
    cause: StatusCause;
    branch_id: string | null;
    module_id: string | null;
    free_since: At;
    connection_id: string | null;
    seen_at: AtOrNull;
  };
  status_ledger: {
    id: string;
    agent_id: string;
    state: AgentState;
    cause: StatusCause;
    occurred_at: At;
    received_at: At;
    is_suspect: boolean;
    is_superseded: Generated<boolean>;
  };
  contact: {
    id: string;
    company_id: string;
    version: Generated<number>;
    document_type: string | null;
    document_number: string | null;
    first_name: Generated<string>;
    last_name: Generated<string>;
    phone: string | null;
    email: string | null;
    search_text: Generated<string>;
    created_at: At;
    updated_at: At;
    updated_by: string | null;
  };
  ticket: {
    id: string;
    company_id: string;
    branch_id: string;
    service_id: string;
    contact_id: string | null;
    number: Big;
    turn_code: string;
    business_day: Day;
    kind: TicketKind;
    state: TicketState;
    outcome: TicketOutcome | null;
    priority: Priority;
    origin: TicketOrigin;
    holder_id: string | null;
    attention_id: string | null;
    epoch: Generated<number>;
    header: Json<TicketHeader>;
    topic_ids: Generated<string[]>;
    turn_token_hash: Buffer | null;
    renews: Generated<string | null>;
    waiting_since: At;
    created_at: At;
    closed_at: AtOrNull;
  };
  attention: {
    id: string;
    ticket_id: string;
    branch_id: string;
    service_id: string;
    agent_id: string;
    module_id: string | null;
    epoch: number;
    is_automatic: boolean;
    reasons: Json<QueueReason[]>;
    called_at: At;
    acknowledged_at: AtOrNull;
    begun_at: AtOrNull;
    ended_at: AtOrNull;
    end_cause: string | null;
    outcome: TicketOutcome | null;
    waited_minutes: number | null;
    called_hour: number;
  };
  event: {
    id: string;
    position: ColumnType<number, never, never>;
    company_id: string;
    branch_id: string;
    ticket_id: string;
    agent_id: string | null;
    fact: Json<TicketFact>;
    occurred_at: At;
    received_at: At;
    is_suspect: Generated<boolean>;
  };
  audit: {
    id: string;
    company_id: string;
    agent_id: string | null;
    device_id: string | null;
    act: string;
    subject: string | null;
    at: Generated<Date>;
  };
  turn_counter: { service_id: string; business_day: Day; line_turns: number; desk_turns: number };
  number_block: {
    id: string;
    device_id: string;
    branch_id: string;
    service_id: string;
    business_day: Day;
    first_number: Big;
    first_turn: number;
    count: number;
    reserved_at: Generated<Date>;
  };
  command: {
    id: string;
    author_id: string;
    device_id: string;
    session_id: string;
    body_hash: Buffer;
    answer: Json<CommandResult>;
    occurred_at: At;
    is_suspect: boolean;
    received_at: Generated<Date>;
  };
  idempotency_key: {
    device_id: string;
    key: string;
    body_hash: Buffer;
    status: number;
    answer: Json<object>;
    received_at: Generated<Date>;
  };
  guest_link: {
    id: string;
    ticket_id: string;
    token_hash: Buffer;
    browser_hash: Buffer | null;
    created_by: string | null;
    created_at: At;
    expires_at: At;
    entered_at: AtOrNull;
    revoked_at: AtOrNull;
    readiness_page: string | null;
    address: string | null;
  };
  guest_block: {
    id: string;
    company_id: string;
    ticket_id: string;
    guest_link_id: string;
    agent_id: string;
    reason: string;
    comment: string;
    browser_hash: Buffer;
    address: string | null;
    at: At;
    until: At;
    lifted_at: AtOrNull;
  };
  office_address: { company_id: string; address: string; seen_at: At };
  terms: {
    id: string;
    company_id: string;
    slug: string;
    version: number;
    service: string | null;
    language: string;
    title: string;
    text: string;
    is_required: boolean;
    position: Generated<number>;
    created_at: Generated<Date>;
  };
  consent: {
    id: string;
    ticket_id: string;
    attention_id: string;
    terms_id: string | null;
    title: string;
    text: string;
    version: string;
    language: string;
    sha256: string;
    is_required: boolean;
    is_edited: boolean;
    asked_by: string;
    guest_link_id: string | null;
    asked_at: At;
    module_name: string | null;
    device_id: string;
    opened_at: AtOrNull;
    read_at: AtOrNull;
    retracted_at: AtOrNull;
    state: ConsentState;
    answered_at: AtOrNull;
    withdrawn_at: AtOrNull;
  };
  evidence_key: { id: string; public_key: string; created_at: Generated<Date> };
  evidence_journal: { id: string; head_sequence: Big; head_hash: string; created_at: Generated<Date> };
  evidence_line: { journal_id: string; sequence: Big; folio: string | null; line: string; is_void: boolean };
  consent_record: {
    folio: string;
    consent_id: string;
    act: EvidenceAct;
    at: At;
    details: string | null;
    guest_token: string;
    agent_token: string;
    base_url: string;
  };
  upload: {
    id: string;
    ticket_id: string;
    attention_id: string | null;
    agent_id: string | null;
    guest_link_id: string | null;
    name: string;
    kind: string;
    bytes: Big;
    received: ColumnType<number, number | undefined, number>;
    begun_at: At;
    touched_at: At;
  };
  shared_file: {
    id: string;
    ticket_id: string;
    attention_id: string | null;
    agent_id: string | null;
    guest_link_id: string | null;
    name: string;
    kind: string;
    bytes: Big;
    sha256: string;
    width: number | null;
    height: number | null;
    preview_sha256: string | null;
    was_cleaned: boolean;
    shared_at: At;
  };
  conversation: {
    ticket_id: string;
    last_seq: Generated<number>;
    read_by_agent: Generated<number>;
    read_by_guest: Generated<number>;
  };
  message: {
    id: string;
    ticket_id: string;
    attention_id: string;
    seq: number;
    agent_id: string | null;
    guest_link_id: string | null;
    client_key: string | null;
    text: string;
    sent_at: At;
  };
  transfer_offer: {
    id: string;
    ticket_id: string;
    attention_id: string;
    epoch: number;
    next_attention_id: string;
    from_agent: string;
    to_agent: string;
    comment: string;
    state: OfferState;
    reason: Generated<string>;
    failure: OfferFailure | null;
    offered_at: At;
    accepted_at: AtOrNull;
    due_at: At;
    ended_at: AtOrNull;
  };
  due: { kind: string; subject_id: string; branch_id: string; at: At };
  stream: { name: string; rank: number; seq: Big };
  change: { stream: string; seq: Big; body: Json<ChangeBody>; at: Generated<Date> };
}
