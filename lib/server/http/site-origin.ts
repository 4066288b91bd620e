import 'server-only';
import type { Config } from '@/lib/server/config/config';

/**
 * Returns the origin by which a browser reached this server: the public one if the request names its host, else this
 * machine's own.
 *
 * @param host the Host header, which was checked to be a known one
 */
export function siteOriginOf(host: string | null, { publicUrl }: Pick<Config, 'publicUrl'>): string {
  const local = `http://${host ?? 'localhost'}`;
  if (publicUrl === null) return local;
  const isLocal = URL.canParse(local) && new URL(local).hostname !== publicUrl.hostname;
  return isLocal ? local : publicUrl.origin;
}
