import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone in E.164 as people read it: "+57 310 555 0142". What cannot be read is shown as it is. */
export function formatPhone(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return phone;
  const national = parsed.nationalNumber;
  const groups =
    national.length === 10 ? [national.slice(0, 3), national.slice(3, 6), national.slice(6)].join(' ') : undefined;
  return groups === undefined ? parsed.formatInternational() : `+${parsed.countryCallingCode} ${groups}`;
}
