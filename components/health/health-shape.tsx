import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ATTENTION_LABELS, type AttentionState } from '@/lib/plane/health/attention';

/** Text colour of each state; complete class names, because Tailwind reads them from the source. */
export const HEALTH_TEXT: Record<AttentionState, string> = {
  disconnected: 'text-disconnected',
  stale: 'text-stale',
  unknown: 'text-unknown',
  degraded: 'text-degraded',
  pending: 'text-pending',
  deleting: 'text-deleting',
  maintenance: 'text-maintenance',
  unmonitored: 'text-unmonitored',
  healthy: 'text-healthy',
};

/** Pale background of each state, for badges and banners. */
export const HEALTH_SOFT: Record<AttentionState, string> = {
  disconnected: 'bg-error-soft',
  stale: 'bg-stale-soft',
  unknown: 'bg-neutral-soft',
  degraded: 'bg-warning-soft',
  pending: 'bg-pending-soft',
  deleting: 'bg-neutral-soft',
  maintenance: 'bg-maintenance-soft',
  unmonitored: 'bg-neutral-soft',
  healthy: 'bg-healthy-soft',
};

const cut = {
  fill: 'none',
  stroke: 'var(--shape-cut, var(--color-surface))',
  strokeWidth: 1.8,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const drawn = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/**
 * One outline per state, so states differ without colour: problems are solid with corners, unknown and pending states
 * are hollow, and only healthy is a solid disc. Maintenance isn't a health state, so it resembles none of them.
 */
const SHAPES: Record<AttentionState, ReactNode> = {
  disconnected: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...cut} />
    </>
  ),
  stale: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="M6 5.2v5.6m4-5.6v5.6" {...cut} />
    </>
  ),
  unknown: (
    <>
      <path d="M8 1 15 8l-7 7-7-7z" {...drawn} />
      <path d="M6.5 6.7c0-2 3-1.9 3-.1 0 1.1-1.5 1.2-1.5 2.2" {...drawn} strokeWidth={1.4} />
      <circle cx="8" cy="10.9" r=".9" fill="currentColor" />
    </>
  ),
  degraded: (
    <>
      <path d="M8 1.2 15.4 14H.6z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M8 6v3.6m0 2.2v.1" {...cut} />
    </>
  ),
  pending: (
    <>
      <circle cx="8" cy="8" r="6.2" {...drawn} />
      <path d="M8 4.6V8l2.3 1.5" {...drawn} strokeWidth={1.4} />
    </>
  ),
  deleting: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2" {...drawn} strokeDasharray="2.6 2.2" />
      <path d="M5.2 8h5.6" {...drawn} />
    </>
  ),
  maintenance: (
    <path
      d="M10.6 1.2a4.2 4.2 0 0 0-4 5.5L1.5 11.8a1.9 1.9 0 0 0 2.7 2.7l5.1-5.1a4.2 4.2 0 0 0 5.4-5.2l-2.6 2.6-2.3-.6-.6-2.3 2.6-2.6a4 4 0 0 0-1.2-.1z"
      fill="currentColor"
    />
  ),
  unmonitored: <circle cx="8" cy="8" r="6.2" {...drawn} strokeDasharray="1.2 2.8" />,
  healthy: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m5 8.2 2.1 2.1L11 6.2" {...cut} />
    </>
  ),
};

/** The shape of a state, in its color. Decorative: screen readers read the label beside it. */
export function HealthShape({
  state,
  size = 16,
}: {
  readonly state: AttentionState;
  readonly size?: number;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={`shrink-0 ${HEALTH_TEXT[state]}`}
    >
      {SHAPES[state]}
    </svg>
  );
}

/** A state as shape, word and colour, for one line of text. */
export function HealthLabel({ state }: { readonly state: AttentionState }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-medium', HEALTH_TEXT[state])}>
      <HealthShape state={state} size={14} />
      {ATTENTION_LABELS[state]}
    </span>
  );
}

/** A large health label on a pale background, for a page's head. */
export function HealthBadge({ state }: { readonly state: AttentionState }) {
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-center gap-2 rounded-lg px-3 font-semibold text-sm',
        HEALTH_SOFT[state],
        HEALTH_TEXT[state],
      )}
    >
      <HealthShape state={state} />
      {ATTENTION_LABELS[state]}
    </span>
  );
}
