'use client';

import { useCallback } from 'react';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Utc } from '@/components/ui/time';
import type { FleetPlane } from '@/lib/api/fleet';
import { useTick } from '@/lib/client/feed/tick';
import { nextBegin, unusableText, validUntil } from '@/lib/plane/health/ca-bundle';
import { credentialLabel } from '@/lib/plane/health/credential-wording';
import type { CertificateFact, CredentialFact, ParsedCa, SecretFact } from '@/lib/plane/health/health-facts';
import { capital } from '@/lib/plane/model/text';
import { parseTimeMs } from '@/lib/plane/time/age';

/** The credentials that the control plane calls a plane's cluster with, as Planeboard's own account read them. */
export function AccessCard({ plane }: { readonly plane: FleetPlane }) {
  const replace = usePlaneActions()['replace-certificate'];
  const credentials = plane.facts.credentials ?? [];
  return (
    <Card
      title="Access credentials"
      actions={
        replace && 'href' in replace && credentials.length > 0 ? (
          <ButtonLink href={replace.href} variant="plain">
            {replace.label}
          </ButtonLink>
        ) : null
      }
    >
      {credentials.length === 0 ? (
        <p className="text-muted">{withoutCredentials(plane)}</p>
      ) : (
        <Facts>
          {credentials.map((credential) => (
            <Fact key={credential.slot} name={capital(credentialLabel(credential))}>
              <Credential credential={credential} />
            </Fact>
          ))}
        </Facts>
      )}
    </Card>
  );
}

function withoutCredentials(plane: FleetPlane): string {
  if (plane.unreadable) return "Unknown: the resource can't be read.";
  return plane.schemaUnknown
    ? "Unknown: this release's schema couldn't be read."
    : 'The spec has no access data for the cluster.';
}

function Credential({ credential: { fact } }: { readonly credential: CredentialFact }) {
  if (fact.state !== 'parsed')
    return (
      <>
        <span className={PROBLEMS.has(fact.state) ? 'font-medium text-degraded' : 'text-muted'}>
          {stateText(fact)}
        </span>
        {fact.state === 'present' ? <TokenValidity fact={fact} /> : null}
      </>
    );
  const unusable = unusableText(fact);
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{fact.subject}</span>
      <span className="text-muted">{fact.count > 1 ? ` and ${fact.count - 1} more` : ''}</span>
      <CertificateEnd fact={fact} />
      {unusable === null ? null : <Unusable text={unusable} />}
    </>
  );
}

/** When a token is valid, as far as it says so. */
function TokenValidity({ fact }: { readonly fact: Extract<SecretFact, { state: 'present' }> }) {
  if (fact.obstacle !== undefined) return <Unusable text="never valid" />;
  return (
    <>
      {fact.notBefore !== undefined ? <Begin at={fact.notBefore} /> : null}
      {fact.notAfter !== undefined ? <End at={fact.notAfter} /> : null}
    </>
  );
}

function Unusable({ text }: { readonly text: string }) {
  return <span className="font-medium text-degraded"> · {text}</span>;
}

/** From when a certificate or token is valid, until then. */
function Begin({ at }: { readonly at: string }) {
  const beginsMs = parseTimeMs(at);
  const isFuture = useTick(useCallback((nowMs: number) => beginsMs !== null && nowMs < beginsMs, [beginsMs]));
  return isFuture ? (
    <span className="font-medium text-degraded">
      {' · not valid before '}
      <Utc at={at} />
    </span>
  ) : null;
}

/** Until when a certificate or a bundle is valid without interruption, or when it becomes valid. */
function CertificateEnd({ fact }: { readonly fact: ParsedCa }) {
  const endMs = useTick(useCallback((nowMs: number) => validUntil(fact, nowMs), [fact]));
  const nextMs = useTick(useCallback((nowMs: number) => nextBegin(fact, nowMs), [fact]));
  if (endMs === null && nextMs !== null) return <Begin at={new Date(nextMs).toISOString()} />;
  return (
    <End at={endMs === null || !Number.isFinite(endMs) ? fact.notAfter : new Date(endMs).toISOString()} />
  );
}

/** Until when a certificate or token is valid, or since when it isn't. */
function End({ at }: { readonly at: string }) {
  const endMs = parseTimeMs(at);
  const isOver = useTick(useCallback((nowMs: number) => endMs !== null && nowMs > endMs, [endMs]));
  return (
    <span className={isOver ? 'font-medium text-degraded' : 'text-muted'}>
      {isOver ? ' · expired on ' : ' · valid until '}
      <Utc at={at} />
    </span>
  );
}

type State = Exclude<CertificateFact | SecretFact, { state: 'parsed' }>;

const PROBLEMS: ReadonlySet<State['state']> = new Set([
  'absent',
  'secret-missing',
  'key-missing',
  'unparsable',
  'mismatched',
]);

function stateText(fact: State): string {
  switch (fact.state) {
    case 'not-checked':
      return "Not checked: Planeboard's account can't read the Secret, or hasn't read it yet";
    case 'absent':
      return 'Not set';
    case 'secret-missing':
      return `Secret ${fact.secret} doesn't exist`;
    case 'key-missing':
      return `Secret ${fact.secret} has no key "${fact.key}"`;
    case 'unparsable':
      return "Can't be read";
    case 'mismatched':
      return "Doesn't belong to the client certificate";
    case 'present':
      return 'Stored, never shown';
  }
}
