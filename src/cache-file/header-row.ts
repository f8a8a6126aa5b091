/** The fields of a protocol header, as a branch's file keeps them. Instants are ms. */
export interface HeaderFields {
  number: number;
  displayName: string | null;
  turnCode: string;
  documentLast4: string | null;
  id: string;
  branchId: string;
  state: string;
  closedAt: number | null;
  holder: {
    agentId: string;
    agentName: string;
    moduleId: string | null;
    attentionId: string;
    epoch: number;
  } | null;
  serviceId: string;
  businessDay: string;
  kind: string;
  outcome: string | null;
  priority: string;
  origin: string;
  epoch: number;
  documentType: string | null;
  createdAt: number;
  waitingSince: number;
  appointmentAt: number | null;
  checkedInAt: number | null;
  calledAt: number | null;
  lastCalledAt: number | null;
  callCount: number;
  attendingSince: number | null;
  transferredFrom: string | null;
  requeues: number;
  readiness?: { verdict: string; cause: string | null; since: number } | undefined;
}

/** In the order of the columns; a whole number may come as text. */
export type HeaderRow = readonly (string | number | null)[];

/** Of `headers`, in the order of every `HeaderRow`. */
export const HEADER_COLUMNS = [
  'number',
  'display_name',
  'turn_code',
  'document_last4',
  'id',
  'branch_id',
  'state',
  'closed_at',
  'holder_id',
  'holder_name',
  'holder_module_id',
  'attention_id',
  'holder_epoch',
  'service_id',
  'business_day',
  'kind',
  'outcome',
  'priority',
  'origin',
  'epoch',
  'document_type',
  'created_at',
  'waiting_since',
  'appointment_at',
  'checked_in_at',
  'called_at',
  'last_called_at',
  'call_count',
  'attending_since',
  'transferred_from',
  'requeues',
  'readiness_verdict',
  'readiness_cause',
  'readiness_since',
] as const;

export const INSERT_HEADER = `
INSERT INTO headers (${HEADER_COLUMNS.join(', ')}) VALUES (${HEADER_COLUMNS.map(() => '?').join(', ')})`;

export const headerRow = (header: HeaderFields): HeaderRow => [
  header.number,
  header.displayName,
  header.turnCode,
  header.documentLast4,
  header.id,
  header.branchId,
  header.state,
  header.closedAt,
  header.holder?.agentId ?? null,
  header.holder?.agentName ?? null,
  header.holder?.moduleId ?? null,
  header.holder?.attentionId ?? null,
  header.holder?.epoch ?? null,
  header.serviceId,
  header.businessDay,
  header.kind,
  header.outcome,
  header.priority,
  header.origin,
  header.epoch,
  header.documentType,
  header.createdAt,
  header.waitingSince,
  header.appointmentAt,
  header.checkedInAt,
  header.calledAt,
  header.lastCalledAt,
  header.callCount,
  header.attendingSince,
  header.transferredFrom,
  header.requeues,
  header.readiness?.verdict ?? null,
  header.readiness?.cause ?? null,
  header.readiness?.since ?? null,
];

const FIELDS = `json_object(
  'id', h.id, 'branchId', h.branch_id, 'serviceId', h.service_id, 'number', h.number, 'turnCode', h.turn_code,
  'businessDay', h.business_day, 'kind', h.kind, 'state', h.state, 'outcome', h.outcome, 'priority', h.priority,
  'origin', h.origin,
  'holder', CASE WHEN h.holder_id IS NOT NULL THEN json_object(
    'agentId', h.holder_id, 'agentName', h.holder_name, 'moduleId', h.holder_module_id, 'attentionId', h.attention_id,
    'epoch', h.holder_epoch) END,
  'epoch', h.epoch, 'displayName', h.display_name, 'documentType', h.document_type, 'documentLast4', h.document_last4,
  'createdAt', h.created_at, 'waitingSince', h.waiting_since, 'appointmentAt', h.appointment_at,
  'checkedInAt', h.checked_in_at, 'calledAt', h.called_at, 'lastCalledAt', h.last_called_at, 'callCount', h.call_count,
  'attendingSince', h.attending_since, 'closedAt', h.closed_at, 'transferredFrom', h.transferred_from,
  'requeues', h.requeues)`;

/** The protocol object of a row of `headers`, named `h`, as SQLite makes it. What most have not is left out where it is not. */
export const HEADER_JSON = `CASE WHEN h.readiness_verdict IS NULL THEN ${FIELDS} ELSE json_insert(${FIELDS},
  '$.readiness', json_object('verdict', h.readiness_verdict, 'cause', h.readiness_cause, 'since', h.readiness_since)) END`;
