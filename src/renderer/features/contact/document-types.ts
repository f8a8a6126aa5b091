const BY_COUNTRY: Readonly<Record<string, readonly string[]>> = {
  AR: ['DNI', 'CUIT', 'PASAPORTE'],
  BR: ['CPF', 'RG', 'PASAPORTE'],
  CL: ['RUT', 'PASAPORTE'],
  CO: ['CC', 'CE', 'NIT', 'PASAPORTE'],
  EC: ['CI', 'RUC', 'PASAPORTE'],
  MX: ['CURP', 'RFC', 'INE', 'PASAPORTE'],
  PE: ['DNI', 'CE', 'RUC', 'PASAPORTE'],
  UY: ['CI', 'RUT', 'PASAPORTE'],
};

/** Kinds of document to choose from, the country's usual first. `country`: ISO 3166-1 alpha-2. */
export function documentTypesOf(country: string): readonly string[] {
  return BY_COUNTRY[country] ?? ['DNI', 'PASAPORTE'];
}
