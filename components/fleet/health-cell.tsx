'use client';

import { clsx } from 'clsx';
import { useCallback } from 'react';
import { HEALTH_TEXT, HealthShape } from '@/components/health/health-shape';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { attentionReason } from './attention-reason';

/** How a plane stands, and why: in maintenance until when and for what, else its health and the first reason. */
export function HealthCell({ row }: { readonly row: FleetRow }) {
  const { attention } = row;
  const reason = useTick(useCallback((nowMs: number) => attentionReason(row, nowMs), [row]));
  return (
    <div className="flex items-start gap-2.5">
      <span className="mt-0.5">
        <HealthShape state={attention} />
      </span>
      <div className="min-w-0">
        <div className={clsx('truncate font-medium', HEALTH_TEXT[attention])}>
          {ATTENTION_LABELS[attention]}
        </div>
        {reason ? (
          <div className="truncate text-muted text-xs" data-tip={reason}>
            {reason}
          </div>
        ) : null}
      </div>
    </div>
  );
}
