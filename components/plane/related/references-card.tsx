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
          {problem === null ? 'Reading …' : `Not checked: they could not be read. ${problem}`}
        </p>
      ) : (
        <div className="grid gap-3">
          {value.observability.via === 'not-applicable' ? null : (
            <Part title="Observability plane">
              {unreadable ? (
                <p className="text-muted">Not known: the resource cannot be read.</p>
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
    return (
      <p className="text-pretty text-muted">
        It names none, and there is none called “default” to fall back on.
      </p>
    );
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
  if (state === 'missing') return 'Named by the plane, and it does not exist.';
  if (state === 'not-visible') {
    return via === 'explicit'
      ? 'Named by the plane. You may not see whether it exists.'
      : 'By the default rule, if it exists: you may not see whether it does.';
  }
  return via === 'explicit' ? 'Named by the plane.' : 'The plane names none, so the default rule applies.';
}

function Referrers({
  related: { referrers, referrersNotVisible, referrersCutShort = [] },
  namespace,
}: {
  readonly related: RelatedResources;
  readonly namespace: string | undefined;
}) {
  const isComplete = referrersNotVisible.length === 0;
  return (
    <>
      {referrers.length > 0 ? <ReferrerList referrers={referrers} namespace={namespace} /> : null}
      {referrers.length === 0 && isComplete ? <p className="text-muted">Nothing refers to it.</p> : null}
      {isComplete ? null : (
        <p className="mt-1 text-pretty text-muted text-xs">
          Not visible to you: {referrersNotVisible.join(', ')}.
          {referrers.length === 0 ? ' Nothing else refers to it.' : ''}
        </p>
      )}
      {referrersCutShort.length === 0 ? null : (
        <p className="mt-1 text-pretty text-muted text-xs">
          There are more than are looked at: {referrersCutShort.join(', ')}.
        </p>
      )}
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
          {referrer.via === 'default' ? <span className="text-muted text-xs"> · as the default</span> : null}
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
