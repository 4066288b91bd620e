'use client';

import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import type { DirectAuth, SpecDraft } from '@/lib/plane/credentials/credential';
import { connectionsOf, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { type InstalledKind, kindFeatures } from '@/lib/plane/schema/installed-kind';

interface ChoiceProps {
  readonly kind: InstalledKind;
  readonly draft: SpecDraft;
  readonly onChange: (part: Partial<Pick<SpecDraft, 'connection' | 'auth'>>) => void;
}

/** Chooses whether the agent or the control plane opens the connection; hidden if the release offers no choice. */
export function ConnectionChoice({ kind, draft, onChange }: ChoiceProps) {
  if (connectionsOf(kind).length < 2) return null;
  // A release that offers the choice may not report on agents, and then both connections are equally unmonitored.
  const reports = kindFeatures(kind.schema).agentConnection;
  return (
    <FieldSet name="connection" label="Connection direction">
      <RadioCards
        value={draft.connection}
        onChange={(connection) => onChange({ connection })}
        className="sm:grid-cols-2"
        options={[
          {
            value: 'agent',
            title: 'The agent connects to the control plane',
            description: `The cluster needs no address that the control plane can reach.${
              reports ? " The plane's status reports whether the agent is connected." : ''
            }`,
          },
          {
            value: 'direct',
            title: 'The control plane connects to the cluster',
            description: `Needs the address of the cluster's API server and credentials.${
              reports ? ' Nothing reports whether the cluster is reachable.' : ''
            }`,
          },
        ]}
      />
    </FieldSet>
  );
}

const AUTHS: Record<DirectAuth, { readonly title: string; readonly description: string }> = {
  mtls: {
    title: 'Client certificate',
    description: 'A certificate and its private key, as in most kubeconfigs.',
  },
  'bearer-token': { title: 'Bearer token', description: 'The token of a ServiceAccount.' },
};

/** Chooses how the control plane signs in to the cluster; hidden if an agent connects, or if there is no choice. */
export function SignInChoice({ kind, draft, onChange }: ChoiceProps) {
  const auths = directAuthsOf(kind);
  if (draft.connection !== 'direct' || auths.length < 2) return null;
  return (
    <FieldSet name="auth" label="Sign-in method">
      <RadioCards
        value={draft.auth}
        onChange={(auth) => onChange({ auth })}
        className="sm:grid-cols-2"
        options={auths.map((auth) => ({ value: auth, ...AUTHS[auth] }))}
      />
    </FieldSet>
  );
}
