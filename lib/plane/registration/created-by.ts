import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';

const MAX_USER_CHARACTERS = 200;

/**
 * When a plane was made, and by whom where it was registered: `created 2026-01-05 12:00:07 UTC by alice`; undefined where
 * it does not tell.
 *
 * @param createdAt RFC 3339, as the API server has it
 * @param annotations null: they were not read
 */
export function createdByText(
  createdAt: string,
  annotations: Readonly<Record<string, string>> | null,
): string | undefined {
  const createdAtMs = parseTimeMs(createdAt);
  if (createdAtMs === null) return undefined;
  const user = annotations?.[REGISTERED_BY_ANNOTATION];
  return `created ${formatUtc(createdAtMs)}${user ? ` by ${user.slice(0, MAX_USER_CHARACTERS)}` : ''}`;
}
