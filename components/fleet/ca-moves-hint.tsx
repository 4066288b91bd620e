'use client';

import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { isMoveOpen } from '@/lib/plane/agent-setup/ca-move';

/** Leads from the certificates to the planes whose registration every renewal breaks. Nothing if there are none. */
export function CaMovesHint({ rows }: { readonly rows: readonly FleetRow[] }) {
  const count = useMemo(() => rows.filter(({ plane }) => isMoveOpen(plane)).length, [rows]);
  if (count === 0) return null;
  return (
    <p className="flex items-center gap-2 px-4 pt-2 text-muted text-xs">
      <KeyRound size={13} aria-hidden="true" className="shrink-0" />
      <span>
        {count === 1
          ? "1 plane depends on its agent's self-signed certificate, which a renewal replaces. "
          : `${count} planes depend on their agent's self-signed certificate, which a renewal replaces. `}
        <Link
          href={'/ca-moves' as '/'}
          prefetch={false}
          className="font-medium text-accent underline underline-offset-2"
        >
          Move {count === 1 ? 'it to a CA of its own' : 'them to their own CAs'}
        </Link>
      </span>
    </p>
  );
}
