'use client';

import { useQuery } from '@tanstack/react-query';
import { CloudOff, Lock } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { problemCode } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { queryProblem } from '@/lib/client/api/query-client';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { PlaneScreen } from './plane-screen';

/**
 * Shown when the API server is unreachable or forbids reading the plane. The plane may or may not exist, so this is
 * neither its page nor a 404. Retries automatically, immediately when contact is back and otherwise at growing intervals.
 * Retries use the API, because refreshing a page whose server is down makes the browser leave it.
 */
export function UnknownPlane({
  identity,
  problem,
  forbidden,
  notShown,
}: {
  readonly identity: PlaneIdentity;
  readonly problem: string;
  readonly forbidden: boolean;
  /** Whether it's in a namespace that Planeboard doesn't show, as `problem` says. */
  readonly notShown: boolean;
}) {
  const router = useRouter();
  const { apiServer } = useFleetMeta();
  const contact = apiServer.state;
  const before = useRef(contact);
  useEffect(() => {
    if (contact === 'reachable' && before.current !== 'reachable') router.refresh();
    before.current = contact;
  }, [contact, router]);

  const { data, error, failureReason } = useQuery({ ...planeDetailQuery(identity), enabled: !forbidden });
  const code = problemCode(error);
  // Only a page from the server has the plane's title, or the 404 for a missing plane.
  const answered = (data !== undefined && !forbidden) || code === 'not-found';
  useEffect(() => {
    if (answered) router.refresh();
  }, [answered, router]);

  // A detail that was read before the permission was revoked isn't shown any more.
  if (data && !forbidden) return <PlaneScreen key={data.plane.uid} plane={data.plane} initialDetail={data} />;
  const reason = queryProblem({ error, failureReason }) ?? problem;
  const name = <span className="break-all font-mono text-ink text-xs">{planeKey(identity)}</span>;
  if (notShown)
    return (
      <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="Planeboard doesn't show this namespace">
        {problem}
      </EmptyState>
    );
  return forbidden || code === 'forbidden' ? (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="You can't see this plane">
      You can't read {name}. Ask an administrator for permission to{' '}
      <code className="font-mono text-ink">get</code> {identity.plural}.{PLANE_GROUP}
      {identity.namespace === undefined ? '' : ` in namespace ${identity.namespace}`}.
    </EmptyState>
  ) : (
    <EmptyState icon={<CloudOff size={20} aria-hidden="true" />} title="This plane can't be loaded">
      <p>
        Planeboard couldn't read {name} from the API server, so it isn't known whether the plane exists. This
        page keeps retrying and opens the plane when it can.
      </p>
      {reason ? <p className="mt-3 break-words">{reason}</p> : null}
    </EmptyState>
  );
}
