'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { planeTitle } from '@/lib/plane/model/display-name';
import { type PlaneIdentity, planePath } from '@/lib/plane/model/plane-path';

/**
 * Says that the plane is connected and links to the next steps.
 *
 * @param celebrate whether the person waited for it on this page; without it there's no animation
 */
export function ConnectedNotice({
  row: { plane, health },
  celebrate,
}: {
  readonly row: JudgedPlane;
  readonly celebrate: boolean;
}) {
  return (
    <section
      aria-label="Connected"
      className="rounded-xl border border-healthy/35 bg-healthy-soft px-4 py-4 sm:px-5"
    >
      <div className="flex items-start gap-4">
        <span className="relative mt-0.5 flex size-9 shrink-0 items-center justify-center">
          {celebrate ? (
            <span
              aria-hidden="true"
              className="ring-out absolute inset-0 rounded-full border-2 border-healthy"
            />
          ) : null}
          <span
            className={clsx(
              'flex size-9 items-center justify-center rounded-full bg-healthy text-surface',
              celebrate && 'settle',
            )}
          >
            <Check size={20} aria-hidden="true" />
          </span>
        </span>
        <div className="min-w-0">
          <h2 className="break-words font-semibold text-base">{planeTitle(plane)} is connected</h2>
          <p className="mt-0.5 text-pretty text-muted">
            {plane.namespace === undefined
              ? 'An agent is connected on its planeID and sends heartbeats. For a cluster-wide plane, the API reports no more.'
              : 'Its agent is connected and sends heartbeats.'}{' '}
            {health.state === 'healthy'
              ? 'The fleet page shows its health from now on.'
              : 'Remaining issues:'}
          </p>
          {health.state === 'healthy' ? null : (
            <ul className="mt-1.5 grid list-disc gap-1 pl-4">
              {health.reasons.map(({ code, message }) => (
                <li key={`${code} ${message}`} className="text-pretty break-words">
                  {message}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className="mt-3 flex flex-wrap gap-2 sm:pl-13">
        <NextLinks identity={plane} />
      </div>
    </section>
  );
}

/** Links to the next steps once a plane is registered and there's nothing left to wait for. */
export function NextLinks({ identity }: { readonly identity: PlaneIdentity }) {
  return (
    <>
      <ButtonLink href={planePath(identity)} variant="primary">
        Open plane
      </ButtonLink>
      <ButtonLink href="/register" variant="outline">
        Register another plane
      </ButtonLink>
      <ButtonLink href="/" variant="plain">
        Go to fleet
      </ButtonLink>
    </>
  );
}
