'use client';

import { Lock } from 'lucide-react';
import { ConnectionChoice, SignInChoice } from '@/components/fields/connection-choice';
import { KubeconfigImport } from '@/components/fields/kubeconfig-import';
import { draftStore } from '@/components/registration/draft-store';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Notice } from '@/components/ui/notice';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { activeSlots, connectionsOf, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { asSentence } from '@/lib/plane/model/text';
import { withAccess } from '@/lib/plane/registration/apply-kubeconfig';
import { AgentInstallation } from './agent-installation';
import { StepFields, useStepFields } from './step-fields';
import { StepFrame } from './step-frame';

/** The step that defines how the control plane and the cluster find and trust each other. */
export function ConnectionStep() {
  const { kind, draft } = useDraftedWizard();
  const fields = useStepFields('connection');
  const connections = connectionsOf(kind);
  return (
    <StepFrame>
      <ConnectionChoice kind={kind} draft={draft} onChange={choose} />
      {draft.connection === 'agent' && connections.includes('agent') ? <AgentInstallation /> : null}
      {draft.connection === 'direct' ? <DirectAccess /> : null}
      <SecretRightNote />
      <StepFields fields={fields} />
    </StepFrame>
  );
}

/** Outlives the step, so an import after another step replaces what the earlier one filled in. */
let lastImport: { readonly draftId: string; readonly cluster: string } | null = null;

function choose(part: Partial<Pick<SpecDraft, 'connection' | 'auth'>>): void {
  draftStore.change((before) => ({ ...before, ...part }));
}

/** Fills the fields from a kubeconfig, and offers the ways to sign in if the schema has several. */
function DirectAccess() {
  const { kind, draft } = useDraftedWizard();
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2.5">
        <p className="min-w-0 flex-1 basis-56 text-pretty">
          Import the address, CA and credentials from a kubeconfig.
        </p>
        <KubeconfigImport
          takesToken={directAuthsOf(kind).includes('bearer-token')}
          onUse={({ access, cluster }) => {
            const earlier = lastImport?.draftId === draft.id ? lastImport.cluster : undefined;
            const changed = withAccess(draft, kind, access, cluster, earlier);
            if (typeof changed === 'string') return changed;
            lastImport = { draftId: draft.id, cluster };
            draftStore.change(() => changed);
            return null;
          }}
        />
      </div>
      <SignInChoice kind={kind} draft={draft} onChange={choose} />
    </>
  );
}

/**
 * Warns early that you may not create a Secret where one is planned. The API server would reject it only at the end.
 */
function SecretRightNote() {
  const { kind, draft, namespaces } = useDraftedWizard();
  const secretNamespaces = new Set(
    activeSlots(kind, draft).flatMap(({ id }) => {
      const credential = draft.credentials[id];
      return credential?.source === 'new-secret' ? [credential.namespace || draft.namespace] : [];
    }),
  );
  const denied = namespaces.data?.namespaces.filter(
    ({ name, createSecret }) => secretNamespaces.has(name) && createSecret.state === 'denied',
  );
  return denied?.map(({ name, createSecret }) => (
    <Notice
      key={name}
      tone="warning"
      icon={<Lock size={15} aria-hidden="true" className="text-degraded" />}
      title={`You can't create Secrets in ${name}.`}
      className="rounded-lg"
    >
      {asSentence(createSecret.reason ?? '')} Use an existing Secret, or enter the certificate inline.
    </Notice>
  ));
}
