type CsvValue = string | number | boolean | null;

/** Formats lines of values as CSV (RFC 4180: every line ends with CRLF). Null is an empty field. */
export function csvText(lines: readonly (readonly CsvValue[])[]): string {
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/**
 * Formats one CSV field. A text that a spreadsheet would run as a formula gets a leading apostrophe (CSV injection):
 * anyone who may write planes controls names and descriptions.
 */
function csvField(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
