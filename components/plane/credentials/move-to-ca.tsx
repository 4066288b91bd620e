'use client';

import type { CurrentPlane } from '@/components/plane/use-current-plane';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
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
  return guide === null ? (
    <p className="text-pretty">Planeboard has no commands for this kind.</p>
  ) : (
    <ReplaceAgentCertificate {...props} guide={guide} />
  );
}
