'use client';

import { ConnectionChoice, SignInChoice } from '@/components/fields/connection-choice';
import { KubeconfigImport } from '@/components/fields/kubeconfig-import';
import { withAccess } from '@/lib/client/registration/apply-access';
import { draftStore } from '@/lib/client/registration/draft-store';
import { connectionsOf } from '@/lib/plane/draft/credential-slots';
import type { SpecDraft } from '@/lib/plane/draft/installed-kind';
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
      <ConnectionChoice kind={kind} draft={draft} onChange={choose} />
      {draft.connection === 'agent' && connections.includes('agent') ? <AgentState /> : null}
      {draft.connection === 'direct' ? <DirectAccess /> : null}
      <SecretRightNote />
      <WizardFields fields={fields} />
    </StepFrame>
  );
}

function choose(part: Partial<Pick<SpecDraft, 'connection' | 'auth'>>): void {
  draftStore.change((before) => ({ ...before, ...part }));
}

/** What a kubeconfig holds can be taken from one; how to sign in is chosen where the schema leaves a choice. */
function DirectAccess() {
  const { kind, draft } = useDraftedWizard();
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
      <SignInChoice kind={kind} draft={draft} onChange={choose} />
    </>
  );
}
