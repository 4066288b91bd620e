'use client';

import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const TONES = { error: 'text-disconnected', warning: 'text-degraded', info: 'text-muted' } as const;

/** The reasons of a plane's health alone: all that can be said before the rest of the fleet is known. */
export function FirstReasons({ row: { health } }: { readonly row: FleetRow }) {
  if (health.reasons.length === 0) return <p className="text-muted">Looking at the fleet around it …</p>;
  return (
    <ul className="grid gap-2.5">
      {health.reasons.map(({ code, severity, message }) => {
        const Icon = ICONS[severity];
        return (
          <li key={`${code} ${message}`} className="flex gap-2.5">
            <Icon size={16} aria-hidden="true" className={`mt-0.5 shrink-0 ${TONES[severity]}`} />
            <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{message}</span>
          </li>
        );
      })}
    </ul>
  );
}
