'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import { useSiblings } from '@/components/plane/related/use-related-planes';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import { DEFAULT_SORT } from '@/lib/plane/fleet/fleet-view';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';

/** The plane's siblings with their health. */
export function SiblingsCard({ plane }: { readonly plane: FleetPlane }) {
  const found = useSiblings(plane);
  const siblings = useMemo(() => sortEntries(found, DEFAULT_SORT), [found]);
  if (plane.facts.siblings === 0 && siblings.length === 0) return null;
  return (
    <Card title="Same cluster">
      <p className="text-muted">
        {plane.facts.siblings === 1
          ? 'One other plane of this role uses'
          : `${plane.facts.siblings} other planes of this role use`}{' '}
        planeID {plane.planeID}.
      </p>
      <ul className="mt-2 grid gap-1.5">
        {siblings.map(({ plane: other, health }) => (
          <li key={other.uid} className="flex min-w-0 items-center gap-2">
            <HealthShape state={health.state} size={14} />
            <span className="sr-only">{HEALTH_LABELS[health.state]}: </span>
            <Link
              href={planePath(other)}
              prefetch={false}
              className="truncate text-accent underline-offset-2 hover:underline"
            >
              {planeTitle(other)}
            </Link>
            <span className="ml-auto shrink-0 text-muted text-xs">
              {other.namespace ?? kindOfName(other.kind)?.label}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
