import type { AuditLine } from '@/lib/server/log/audit';

/** Returns the audit lines about writes among a server's log lines. */
export function auditLinesOf(lines: readonly string[]): AuditLine[] {
  return lines
    .filter((line) => line.includes('"log":"audit"'))
    .map((line) => JSON.parse(line) as AuditLine)
    .filter(({ stage }) => stage !== undefined);
}
