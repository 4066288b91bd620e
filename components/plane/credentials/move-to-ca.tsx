'use client';

import Link from 'next/link';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { replacePath } from '@/lib/plane/model/plane-task';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { useCaMoveGuide } from './ca-move-guide';
import { ReplaceAgentCertificate } from './replace-agent-certificate';

/**
 * Moves a plane from its agent's self-signed certificate to a CA of its own. It's a replacement with more commands:
 * the CA is registered beside the old certificate, so the agent stays connected all the way.
 */
export function MoveToCa(props: {
  readonly current: CurrentPlane;
  readonly ca: AgentCa;
  readonly slot: CredentialSlot;
}) {
  const guide = useCaMoveGuide(props.current);
  const { features } = usePlanePage();
  if (!features.known) return <p className="text-muted">Loading this kind's fields…</p>;
  return guide === null ? (
    <p className="text-pretty">
      This release's agent charts use different values, so Planeboard has no commands for them. Have a CA
      issue the agent's certificate, then{' '}
      <Link
        href={replacePath(props.current.row.plane, props.slot.id) as '/'}
        className="text-accent underline underline-offset-2"
      >
        replace the registered certificate
      </Link>{' '}
      with that CA.
    </p>
  ) : (
    <ReplaceAgentCertificate {...props} guide={guide} />
  );
}
