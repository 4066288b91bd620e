import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';

/** An absolute time in UTC. */
export function Utc({ at }: { readonly at: string | undefined }) {
  const atMs = parseTimeMs(at);
  if (atMs === null) return <span className="text-muted">–</span>;
  return (
    <time dateTime={at} className="tabular whitespace-nowrap">
      {formatUtc(atMs)}
    </time>
  );
}
