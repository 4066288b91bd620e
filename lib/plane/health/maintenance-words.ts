import { parseTimeMs } from '@/lib/plane/time/age';
import type { Maintenance } from './maintenance';

/** `until 14:00 UTC`, with the date where it is another one than today's. @param nowMs the API server's clock */
export function untilWords(until: string, nowMs: number): string {
  const atMs = parseTimeMs(until);
  if (atMs === null) return '';
  const text = new Date(atMs).toISOString();
  const day = text.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10) ? '' : `${text.slice(0, 10)} `;
  return `until ${day}${text.slice(11, 16)} UTC`;
}

/** `until 14:00 UTC: New switches`. @param nowMs the API server's clock */
export function maintenanceWords({ until, reason }: Maintenance, nowMs: number): string {
  return [untilWords(until, nowMs), reason].filter(Boolean).join(': ');
}
