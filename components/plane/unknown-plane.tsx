'use client';

import { CloudOff, Lock } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { useFleetMeta } from '@/lib/client/use-fleet-meta';
import { PLANE_GROUP } from '@/lib/plane/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/plane-path';

/**
 * The API server could not be asked, or refused to tell: whether there is such a plane is not known, so this is neither
 * its state nor a 404. Asks again by itself when contact is back.
 */
export function UnknownPlane({
  identity,
  problem,
  forbidden,
}: {
  readonly identity: PlaneIdentity;
  readonly problem: string;
  readonly forbidden: boolean;
}) {
  const router = useRouter();
  const { apiServer } = useFleetMeta();
  const contact = apiServer.state;
  const before = useRef(contact);
  useEffect(() => {
    if (contact === 'reachable' && before.current !== 'reachable') router.refresh();
    before.current = contact;
  }, [contact, router]);

  const name = <span className="break-all font-mono text-ink text-xs">{planeKey(identity)}</span>;
  return forbidden ? (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="You may not see this plane">
      It takes the verb <code className="font-mono text-ink">get</code> on {identity.plural}.{PLANE_GROUP}
      {identity.namespace === undefined ? '' : ` in namespace ${identity.namespace}`} to read {name}.
    </EmptyState>
  ) : (
    <EmptyState
      icon={<CloudOff size={20} aria-hidden="true" />}
      title="Whether this plane exists is not known"
    >
      <p>
        The API server could not be asked about {name}. The page goes on by itself once it can be reached.
      </p>
      {problem ? <p className="mt-3 break-words">{problem}</p> : null}
    </EmptyState>
  );
}
