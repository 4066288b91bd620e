'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { CertificateList } from '@/components/fields/certificate-card';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { ObjectLink } from '@/components/plane/related/object-link';
import type { LoadedRelatedResources } from '@/components/plane/related/use-related-resources';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import type { CertificateFinding } from '@/lib/plane/credentials/certificate-detail';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { objectName } from '@/lib/plane/model/plane-path';
import { joinList } from '@/lib/plane/model/text';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { LeafRenewalNote } from './leaf-renewal-note';
import { SharedCaNote } from './shared-ca-note';

/** The CA that verifies the plane's agent: where it's stored, which other planes use it, and its public facts. */
export function CaCard({
  plane,
  related: { value, problem },
}: {
  readonly plane: FleetPlane;
  readonly related: LoadedRelatedResources;
}) {
  const replace = usePlaneActions()['replace-certificate'];
  return (
    <Card
      title="Agent CA"
      actions={
        replace && 'href' in replace && !plane.unreadable && value?.ca.source.from !== 'none' ? (
          <ButtonLink href={replace.href} variant="plain">
            {replace.label}
          </ButtonLink>
        ) : null
      }
    >
      {plane.unreadable ? <p className="text-muted">Unknown: the resource can't be read.</p> : null}
      {plane.unreadable || value !== null ? null : (
        <p className="text-muted">
          {problem === null ? 'Reading…' : `Not checked: the certificate couldn't be read. ${problem}`}
        </p>
      )}
      {plane.unreadable || value === null ? null : (
        <Ca ca={value.ca} plane={plane} mayMove={replace !== undefined && 'href' in replace} />
      )}
    </Card>
  );
}

function Ca({
  ca,
  plane,
  mayMove,
}: {
  readonly ca: AgentCa;
  readonly plane: FleetPlane;
  readonly mayMove: boolean;
}) {
  const { certificates, findings, unreadable = [], others = [] } = ca;
  // The diagnosis shows the findings about a single certificate. Findings about a bundle refer to the list below.
  const shownFindings = certificates.length + unreadable.length > 1 ? findings : [];
  return (
    <div className="grid gap-3">
      <Source ca={ca} plane={plane} />
      {shownFindings.map((finding) => (
        <CaFinding key={finding.message} finding={finding} />
      ))}
      <CertificateList certificates={certificates} />
      <LeafRenewalNote plane={plane} mayMove={mayMove} />
      <SharedCaNote planes={sharersElsewhere(ca)} certificates={certificates} namespace={plane.namespace} />
      {others.length === 0 ? null : (
        <p className="text-pretty text-muted">Also stored there: {joinList(others)}.</p>
      )}
    </div>
  );
}

/** Planes that use the same Secret are listed with it. */
function sharersElsewhere({ source, sharedWith = [] }: AgentCa): ObjectRef[] {
  const users = source.from === 'secret' ? source.usedBy.map(objectName) : [];
  return sharedWith.filter((plane) => !users.includes(objectName(plane)));
}

function CaFinding({ finding: { severity, message } }: { readonly finding: CertificateFinding }) {
  const isError = severity === 'error';
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <p className="flex items-start gap-2">
      <Icon
        size={14}
        role="img"
        aria-label={isError ? 'Error:' : 'Warning:'}
        className={`mt-0.5 shrink-0 ${isError ? 'text-disconnected' : 'text-degraded'}`}
      />
      <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{message}</span>
    </p>
  );
}

function Source({ ca: { source }, plane }: { readonly ca: AgentCa; readonly plane: FleetPlane }) {
  switch (source.from) {
    case 'none':
      return <p className="text-muted">This release has no field for an agent CA.</p>;
    case 'absent':
      return <p>No agent CA is set, so no agent can be verified.</p>;
    case 'inline':
      return <p>Stored in the plane resource.</p>;
    case 'secret':
      return <SecretSource source={source} plane={plane} />;
  }
}

type SecretSourceFacts = Extract<AgentCa['source'], { from: 'secret' }>;

const SECRET_STATES: Record<SecretSourceFacts['state'], string | null> = {
  read: null,
  missing: "This Secret doesn't exist.",
  'key-missing': 'The Secret has nothing under this key.',
  'not-visible': "You can't read this Secret, so its certificate isn't known.",
  unknown: "The Secret couldn't be read, so its certificate isn't known.",
};

function SecretSource({
  source: { namespace, name, key, state, usedBy, createdForThisPlane },
  plane,
}: {
  readonly source: SecretSourceFacts;
  readonly plane: FleetPlane;
}) {
  const problem = SECRET_STATES[state];
  return (
    <div className="grid gap-1.5">
      <p className="text-pretty">
        Key <Code>{key}</Code> of Secret{' '}
        <Code>
          {namespace}/{name}
        </Code>
        {createdForThisPlane ? ', created by Planeboard for this plane' : ''}.
      </p>
      {problem === null ? null : (
        <p
          className={
            state === 'missing' || state === 'key-missing' ? 'font-medium text-degraded' : 'text-muted'
          }
        >
          {problem}
        </p>
      )}
      {usedBy.length === 0 ? null : (
        <div className="text-muted">
          <p>
            {usedBy.length === 1
              ? 'Another plane uses this Secret. Changes to the Secret affect that plane too:'
              : `${usedBy.length} other planes use this Secret. Changes to the Secret affect those planes too:`}
          </p>
          <ul className="mt-1 grid gap-0.5">
            {usedBy.map((other) => (
              <li key={`${other.kind} ${other.namespace ?? ''} ${other.name}`}>
                <ObjectLink object={other} from={plane.namespace} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Code({ children }: { readonly children: ReactNode }) {
  return <code className="break-all font-mono text-xs">{children}</code>;
}
