'use client';

import { ConnectionChoice, SignInChoice } from '@/components/fields/connection-choice';
import { KubeconfigImport } from '@/components/fields/kubeconfig-import';
import { draftStore } from '@/components/registration/draft-store';
import { StepFrame } from '@/components/registration/step-frame';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { useStepFields, WizardFields } from '@/components/registration/wizard-fields';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { connectionsOf } from '@/lib/plane/credentials/credential-slots';
import { withAccess } from '@/lib/plane/registration/apply-access';
import { AgentState } from './agent-state';
import { SecretRightNote } from './secret-right-note';

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
