'use client';

import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import type { ObservabilityTarget, Referrer, RelatedResources } from '@/lib/plane/related/related-resources';
import { ObjectLink } from './object-link';
import type { LoadedRelatedResources } from './use-related-resources';

/** The objects that the plane refers to and that refer to it, including by the rules about the name `default`. */
export function ReferencesCard({
  plane: { namespace, unreadable },
  related: { value, problem },
}: {
  readonly plane: FleetPlane;
  readonly related: LoadedRelatedResources;
}) {
  return (
    <Card title="References">
      {value === null ? (
        <p className="text-muted">
          {problem === null ? 'Loading…' : `References couldn't be read. ${problem}`}
        </p>
      ) : (
        <div className="grid gap-3">
          {value.observability.via === 'not-applicable' ? null : (
            <Part title="Observability plane">
              {unreadable ? (
                <p className="text-muted">Unknown: the resource can't be read.</p>
              ) : (
                <Observability observability={value.observability} namespace={namespace} />
              )}
            </Part>
          )}
          <Part title="Used by">
            <Referrers related={value} namespace={namespace} />
          </Part>
        </div>
      )}
    </Card>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-medium">{title}</h3>
      {children}
    </div>
  );
}

function Observability({
  observability: { via, target, state },
  namespace,
}: {
  readonly observability: ObservabilityTarget;
  readonly namespace: string | undefined;
}) {
  if (!target) {
    return <p className="text-pretty text-muted">The plane refers to none, and no default exists.</p>;
  }
  return (
    <>
      <ObjectLink object={target} from={namespace} />
      <p className={state === 'missing' ? 'font-medium text-degraded' : 'text-pretty text-muted text-xs'}>
        {observabilityText(via, state)}
      </p>
    </>
  );
}

function observabilityText(via: ObservabilityTarget['via'], state: ObservabilityTarget['state']): string {
  if (state === 'missing') return "Set by the plane, but it doesn't exist.";
  if (state === 'not-visible') {
    return via === 'explicit'
      ? "Set by the plane. You can't see whether it exists."
      : "Used by default if it exists. You can't see whether it does.";
  }
  return via === 'explicit' ? 'Set by the plane.' : 'Used by default, because the plane refers to none.';
}

function Referrers({
  related: { referrers, referrersNotVisible, referrersCutShort = [] },
  namespace,
}: {
  readonly related: RelatedResources;
  readonly namespace: string | undefined;
}) {
  const isComplete = referrersNotVisible.length === 0;
  const isCutShort = referrersCutShort.length > 0;
  return (
    <>
      {referrers.length > 0 ? <ReferrerList referrers={referrers} namespace={namespace} /> : null}
      {referrers.length === 0 && isComplete && !isCutShort ? (
        <p className="text-muted">Nothing refers to this plane.</p>
      ) : null}
      {isComplete ? null : (
        <p className="mt-1 text-pretty text-muted text-xs">
          Couldn't be listed with your permissions: {referrersNotVisible.join(', ')}.
          {referrers.length === 0 && !isCutShort ? ' Nothing else refers to this plane.' : ''}
        </p>
      )}
      {isCutShort ? (
        <p className="mt-1 text-pretty text-muted text-xs">
          Too many to check all: {referrersCutShort.join(', ')}.
        </p>
      ) : null}
    </>
  );
}

/** Referrers beyond this number are folded, so that they don't push everything else off the page. */
const SHOWN_AT_ONCE = 8;

function ReferrerList({
  referrers,
  namespace,
}: {
  readonly referrers: readonly Referrer[];
  readonly namespace: string | undefined;
}) {
  const items = (shown: readonly Referrer[]) => (
    <ul className="grid gap-1">
      {shown.map((referrer) => (
        <li key={`${referrer.kind} ${referrer.namespace ?? ''} ${referrer.name}`} className="min-w-0">
          <ObjectLink object={referrer} from={namespace} />
          {referrer.via === 'default' ? <span className="text-muted text-xs"> · by default</span> : null}
        </li>
      ))}
    </ul>
  );
  const rest = referrers.slice(SHOWN_AT_ONCE);
  return (
    <>
      {items(referrers.slice(0, SHOWN_AT_ONCE))}
      {rest.length === 0 ? null : (
        <details className="mt-1">
          <summary className="text-accent">{rest.length} more</summary>
          <div className="mt-1">{items(rest)}</div>
        </details>
      )}
    </>
  );
}
