import { clsx } from 'clsx';
import { Utc } from '@/components/ui/time';
import type { StepGroup } from '@/lib/plane/certificate-list/next-step';
import { validityBar } from '@/lib/plane/certificate-list/validity-bar';
import type { CertificateFact } from '@/lib/plane/health/health-facts';

const BAR_COLOURS: Record<StepGroup, string> = {
  fix: 'bg-disconnected',
  replace: 'bg-degraded',
  upcoming: 'bg-pending',
  none: 'bg-healthy',
  unchecked: 'bg-unknown',
};

/** A certificate's validity as a bar with the present in it. The text beside it says the same. */
export function Validity({
  fact,
  group,
  nowMs,
}: {
  readonly fact: CertificateFact;
  readonly group: StepGroup;
  readonly nowMs: number;
}) {
  const bar = validityBar(fact, nowMs);
  if (bar === null || fact.state !== 'parsed') return null;
  return (
    <div className="min-w-0">
      <div aria-hidden="true" className="relative h-2 overflow-hidden rounded-full bg-neutral-soft">
        {bar.spans.map(({ beginShare, endShare }) => (
          <span
            key={beginShare}
            className={clsx('absolute inset-y-0 rounded-full opacity-80', BAR_COLOURS[group])}
            style={{ left: percent(beginShare), width: percent(endShare - beginShare) }}
          />
        ))}
        {/* What has passed is paler, so the bar reads as the time that is left. */}
        <span className="absolute inset-y-0 left-0 bg-surface/65" style={{ width: percent(bar.nowShare) }} />
        <span
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: percent(Math.min(0.995, Math.max(0.005, bar.nowShare))) }}
        />
      </div>
      <p className="mt-1 text-muted text-xs">
        Until <Utc at={fact.notAfter} />
        {fact.count > 1 ? `, the last of ${fact.count}` : ''}
      </p>
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
