type DocumentTypes = readonly [usual: string, ...others: string[]];

const BY_COUNTRY: ReadonlyMap<string, DocumentTypes> = new Map<string, DocumentTypes>([
  ['AR', ['DNI', 'CUIT', 'PASAPORTE']],
  ['BR', ['CPF', 'RG', 'PASAPORTE']],
  ['CL', ['RUT', 'PASAPORTE']],
  ['CO', ['CC', 'CE', 'NIT', 'PASAPORTE']],
  ['EC', ['CI', 'RUC', 'PASAPORTE']],
  ['MX', ['CURP', 'RFC', 'INE', 'PASAPORTE']],
  ['PE', ['DNI', 'CE', 'RUC', 'PASAPORTE']],
  ['UY', ['CI', 'RUT', 'PASAPORTE']],
]);
const ELSEWHERE: DocumentTypes = ['DNI', 'PASAPORTE'];

/** Kinds of document to choose from, the country's usual first; never none. `country`: ISO 3166-1 alpha-2. */
export function documentTypesOf(country: string): DocumentTypes {
  return BY_COUNTRY.get(country) ?? ELSEWHERE;
}
