'use client';

import { KubeconfigImport } from '@/components/fields/kubeconfig-import';
import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { withAccess } from '@/lib/client/registration/apply-access';
import { draftStore } from '@/lib/client/registration/draft-store';
import { connectionsOf, directAuthsOf } from '@/lib/plane/draft/credential-slots';
import type { DirectAuth } from '@/lib/plane/draft/draft';
import { kindFeatures } from '@/lib/plane/kind-features';
import { AgentState } from '../connection/agent-state';
import { SecretRightNote } from '../connection/secret-right-note';
import { StepFrame } from '../step-frame';
import { useDraftedWizard } from '../wizard-context';
import { useStepFields, WizardFields } from '../wizard-fields';

/** How the control plane and the cluster find and trust each other. */
export function ConnectionStep() {
  const { kind, draft } = useDraftedWizard();
  const fields = useStepFields('connection');
  const connections = connectionsOf(kind);
  return (
    <StepFrame>
      {connections.length > 1 ? <ConnectionChoice /> : null}
      {draft.connection === 'agent' && connections.includes('agent') ? <AgentState /> : null}
      {draft.connection === 'direct' ? <DirectAccess /> : null}
      <SecretRightNote />
      <WizardFields fields={fields} />
    </StepFrame>
  );
}

function ConnectionChoice() {
  const { kind, draft } = useDraftedWizard();
  // Releases that have the choice may not report on agents either: then there is no difference to tell.
  const reports = kindFeatures(kind.schema).agentConnection;
  return (
    <FieldSet name="connection" label="Who calls whom">
      <RadioCards
        value={draft.connection}
        onChange={(connection) => draftStore.change((before) => ({ ...before, connection }))}
        className="sm:grid-cols-2"
        options={[
          {
            value: 'agent',
            title: 'An agent in the cluster dials in',
            description: `The cluster needs no address that the control plane can reach.${
              reports ? ' The plane tells whether its agent is connected.' : ''
            }`,
          },
          {
            value: 'direct',
            title: 'The control plane calls the cluster',
            description: `It needs the address of its API server and credentials for it.${
              reports ? ' Nothing tells whether it can be reached.' : ''
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
    description: 'A certificate and its private key, as most kubeconfigs have them.',
  },
  'bearer-token': { title: 'Bearer token', description: 'The token of a ServiceAccount.' },
};

/** What a kubeconfig holds can be taken from one; how to sign in is chosen where the schema leaves a choice. */
function DirectAccess() {
  const { kind, draft } = useDraftedWizard();
  const auths = directAuthsOf(kind);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2.5">
        <p className="min-w-0 flex-1 basis-56 text-pretty">
          Address, CA and credentials can be read from a kubeconfig of the cluster.
        </p>
        <KubeconfigImport
          onUse={({ access, cluster }) => {
            const changed = withAccess(draft, kind, access, cluster);
            if (typeof changed === 'string') return changed;
            draftStore.change(() => changed);
            return null;
          }}
        />
      </div>
      {auths.length > 1 ? (
        <FieldSet name="auth" label="How the control plane signs in">
          <RadioCards
            value={draft.auth}
            onChange={(auth) => draftStore.change((before) => ({ ...before, auth }))}
            className="sm:grid-cols-2"
            options={auths.map((auth) => ({ value: auth, ...AUTHS[auth] }))}
          />
        </FieldSet>
      ) : null}
    </>
  );
}
