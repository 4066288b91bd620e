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
import type { AgentCa } from '@/lib/plane/related/related-resources';

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
      title="Certificate"
      actions={
        replace && 'href' in replace && !plane.unreadable && value?.ca.source.from !== 'none' ? (
          <ButtonLink href={replace.href} variant="plain">
            {replace.label}
          </ButtonLink>
        ) : null
      }
    >
      {plane.unreadable ? <p className="text-muted">Not known: the resource cannot be read.</p> : null}
      {plane.unreadable || value !== null ? null : (
        <p className="text-muted">
          {problem === null ? 'Reading …' : `Not checked: it could not be read. ${problem}`}
        </p>
      )}
      {plane.unreadable || value === null ? null : <Ca ca={value.ca} plane={plane} />}
    </Card>
  );
}

function Ca({ ca, plane }: { readonly ca: AgentCa; readonly plane: FleetPlane }) {
  const { certificates, findings } = ca;
  // The diagnosis shows the findings about a single certificate. Findings about a bundle refer to the list below.
  const shownFindings = certificates.length > 1 ? findings : [];
  return (
    <div className="grid gap-3">
      <Source ca={ca} plane={plane} />
      {shownFindings.map((finding) => (
        <CaFinding key={finding.message} finding={finding} />
      ))}
      <CertificateList certificates={certificates} />
    </div>
  );
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
      return (
        <p className="text-muted">
          {plane.connection === 'direct'
            ? 'This plane has no agent, so there is no CA that would verify one.'
            : 'This release has no place for a CA that verifies an agent.'}
        </p>
      );
    case 'absent':
      return <p>The plane names no CA, so no agent can be verified.</p>;
    case 'inline':
      return <p>It stands in the resource itself.</p>;
    case 'secret':
      return <SecretSource source={source} plane={plane} />;
  }
}

type SecretSourceFacts = Extract<AgentCa['source'], { from: 'secret' }>;

const SECRET_STATES: Record<SecretSourceFacts['state'], string | null> = {
  read: null,
  missing: 'There is no such Secret.',
  'key-missing': 'The Secret is there, and has no such key.',
  'not-visible': 'You may not read this Secret, so the certificate is not known to you.',
  unknown: 'The Secret could not be read, so the certificate is not known.',
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
        {createdForThisPlane ? ', which Planeboard made for this plane' : ''}.
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
            {usedBy.length === 1 ? 'Another plane names' : `${usedBy.length} other planes name`} the same
            Secret, so changing it changes {usedBy.length === 1 ? 'that one' : 'those'} too:
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
