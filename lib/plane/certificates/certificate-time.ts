import { CertificateError, type DerReader, TAG } from './der-reader';

/** `YYMMDDhhmm[ss]`, with two more digits for the year in a GeneralizedTime, and a time zone. */
const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;

/**
 * Reads a time as Go does: in UTC or with an offset, as a UTCTime even without seconds.
 *
 * @returns milliseconds since the epoch
 */
export function readTime(der: DerReader): number {
  if (der.has(TAG.utcTime)) return parsedTime(der, TAG.utcTime, UTC_TIME, 'malformed UTCTime');
  if (der.has(TAG.generalizedTime))
    return parsedTime(der, TAG.generalizedTime, GENERALIZED_TIME, 'malformed GeneralizedTime');
  throw new CertificateError('unsupported time format');
}

function parsedTime(der: DerReader, tag: number, pattern: RegExp, problem: string): number {
  const match = pattern.exec(String.fromCharCode(...der.read(tag, problem).rest()));
  if (!match) throw new CertificateError(problem);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? '0'));
  const offset = offsetMs(match[7] ?? '');
  // Go's own century of two digits, which decides whether 29 February exists.
  const fullYear = tag === TAG.generalizedTime ? year : year + (year >= 69 ? 1900 : 2000);
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(fullYear, month);
  if (!isReal || hour > 23 || minute > 59 || second > 59 || offset === null)
    throw new CertificateError(problem);
  const century = tag === TAG.utcTime && fullYear >= 2050 ? fullYear - 100 : fullYear;
  // Date.UTC reads a year below 100 as one of the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(century, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() - offset;
}

/** Returns the offset of a time zone; null for one that Go writes in another way, such as `+0000` for `Z`. */
function offsetMs(zone: string): number | null {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  const size = (hours * 60 + minutes) * 60_000;
  if (hours > 24 || minutes > 59 || size === 0) return null;
  return zone.startsWith('-') ? -size : size;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
