import { v7 as uuidv7 } from 'uuid';
import type { Terms } from '../../protocol/video/consent.ts';
import type { Reader, Writer } from './database.ts';

const COLUMNS = ['id', 'version', 'service', 'language', 'title', 'text', 'is_required as isRequired'] as const;

/** The versions in force of a company's terms, in their order. */
export async function readTermsInForce(db: Reader, companyId: string): Promise<Terms[]> {
  const rows = await db
    .selectFrom('terms')
    .select(COLUMNS)
    .distinctOn('slug')
    .where('company_id', '=', companyId)
    .orderBy('slug')
    .orderBy('version', 'desc')
    .select('position')
    .execute();
  return rows
    .toSorted((a, b) => a.position - b.position)
    .map(({ position: _position, ...terms }) => ({ ...terms, id: terms.id as Terms['id'] }));
}

/** Any version, also an older one: a desk may have been slow. Null for none of this company. */
export async function readTerms(db: Reader, companyId: string, id: string): Promise<Terms | null> {
  const row = await db
    .selectFrom('terms')
    .select(COLUMNS)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { ...row, id: row.id as Terms['id'] } : null;
}

/** A changed text, title, language or service is the next version; the one before stays as it was. */
export async function putTerms(
  tx: Writer,
  companyId: string,
  terms: Omit<Terms, 'id' | 'version'> & { slug: string; position: number },
): Promise<void> {
  const { slug, service, language, title, text, isRequired, position } = terms;
  const before = await tx
    .selectFrom('terms')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('slug', '=', slug)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const isSame =
    before?.service === service &&
    before.language === language &&
    before.title === title &&
    before.text === text &&
    before.is_required === isRequired;
  if (isSame) {
    await tx.updateTable('terms').set({ position }).where('id', '=', before.id).execute();
    return;
  }
  const version = (before?.version ?? 0) + 1;
  const values = { slug, service, language, title, text, is_required: isRequired, position, version };
  await tx
    .insertInto('terms')
    .values({ id: uuidv7(), company_id: companyId, ...values })
    .execute();
}
