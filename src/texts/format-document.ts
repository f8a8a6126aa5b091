/** A document with its type and dots: "CC 52.418.903", "CPF 529.982.247-25", "RUT 12.345.678-5". */
export function formatDocument(type: string | null, number: string): string {
  return [type, punctuated(type, number)].filter(Boolean).join(' ');
}

/** What lists may show of a document: "CC •••8903". */
export function maskedDocument(type: string | null, last4: string): string {
  return [type, `•••${last4}`].filter(Boolean).join(' ');
}

function punctuated(type: string | null, number: string): string {
  if (type === 'CPF' && /^\d{11}$/.test(number)) return `${withDots(number.slice(0, 9))}-${number.slice(9)}`;
  if (type === 'RUT' && /^\d{6,8}[\dK]$/.test(number)) return `${withDots(number.slice(0, -1))}-${number.slice(-1)}`;
  const [, digits, rest] = /^(\d+)(-\w+)?$/.exec(number) ?? [];
  return digits === undefined ? number : withDots(digits) + (rest ?? '');
}

function withDots(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}
