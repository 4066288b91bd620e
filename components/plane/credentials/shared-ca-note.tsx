'use client';

import { useState } from 'react';
import { ObjectLink } from '@/components/plane/related/object-link';
import { Button } from '@/components/ui/button';
import { ownKey } from '@/lib/client/session/person';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import { isSharedOnPurpose, sharedCertificateText } from '@/lib/plane/credentials/shared-certificate';
import type { ObjectRef } from '@/lib/plane/model/object-ref';

const STORAGE_KEY = 'planeboard.accepted-cas';

/**
 * Says that planes of other clusters have one of these certificates registered. That's intended for an organization's
 * CA, so it can be accepted, for this CA and in this browser. It's never intended for an agent's own certificate.
 */
export function SharedCaNote({
  planes,
  certificates,
  namespace,
}: {
  readonly planes: readonly ObjectRef[];
  /** Those of this plane. */
  readonly certificates: readonly CertificateDetail[];
  /** The plane's own namespace. */
  readonly namespace: string | undefined;
}) {
  const key = certificates.map(({ fingerprint }) => fingerprint).join();
  const [accepted, setAccepted] = useState(readAccepted);
  if (planes.length === 0) return null;
  const mayAccept = isSharedOnPurpose(certificates);
  if (mayAccept && accepted.includes(key)) {
    return (
      <p className="text-muted text-xs">
        Shared with {planes.length === 1 ? '1 other plane' : `${planes.length} other planes`}, which you
        accepted.
      </p>
    );
  }
  return (
    <div className="rounded-lg bg-neutral-soft px-3 py-2">
      <p className="text-pretty">{sharedCertificateText(planes.length, certificates)}</p>
      <ul className="mt-1 grid gap-0.5">
        {planes.slice(0, MAX_SHOWN).map((plane) => (
          <li key={`${plane.kind} ${plane.namespace ?? ''} ${plane.name}`}>
            <ObjectLink object={plane} from={namespace} />
          </li>
        ))}
      </ul>
      {planes.length > MAX_SHOWN ? (
        <p className="text-muted text-xs">And {planes.length - MAX_SHOWN} more.</p>
      ) : null}
      {mayAccept ? (
        <div className="mt-2">
          <Button
            variant="outline"
            onClick={() => {
              const next = [...readAccepted(), key];
              storeAccepted(next);
              setAccepted(next);
            }}
          >
            Accept shared CA
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const MAX_SHOWN = 10;

function readAccepted(): string[] {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(ownKey(STORAGE_KEY)) ?? '[]');
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

function storeAccepted(keys: readonly string[]): void {
  try {
    window.localStorage.setItem(ownKey(STORAGE_KEY), JSON.stringify(keys.slice(-MAX_STORED)));
  } catch {
    // Accepted until the page is left.
  }
}

const MAX_STORED = 100;
