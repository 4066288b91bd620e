'use client';

import { inSameNewSecret } from '@/components/fields/shared-secret';
import { TakenSecretNote } from '@/components/fields/taken-secret';
import { useTakenSecret } from '@/components/fields/use-taken-secret';
import { draftStore } from '@/components/registration/draft-store';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import type { Problem } from '@/lib/api/problem';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { withCredential } from '@/lib/plane/registration/draft-changes';

/** The API server says that a Secret exists already that was to be new: the ways out. */
export function SecretOffer({ problem }: { readonly problem: Problem }) {
  const { draft, kind } = useDraftedWizard();
  if (problem.code !== 'already-exists') return null;
  const [slotId] = (problem.errors ?? []).flatMap(({ path: [part, id, field] }) =>
    part === 'credentials' && field === 'name' ? [String(id)] : [],
  );
  const slot = credentialSlots(kind).find(({ id }) => id === slotId);
  const credential = slot && draft.credentials[slot.id];
  return slot && credential ? <Offer slot={slot} credential={credential} /> : null;
}

function Offer({ slot, credential }: { readonly slot: CredentialSlot; readonly credential: Credential }) {
  const { draft, inspections } = useDraftedWizard();
  const namespace = credential.namespace || draft.namespace;
  const taken = useTakenSecret({ namespace, name: credential.name }, draft.id, true);
  if (taken === null) return null;
  // Every credential that was to stand in this Secret goes along, or it would be asked for anew.
  const change = (part: Partial<Credential>) =>
    draftStore.change((before) =>
      inSameNewSecret(before.credentials, credential).reduce(
        (changed, [id, other]) => withCredential(changed, id, { ...other, ...part }),
        before,
      ),
    );
  return (
    <TakenSecretNote
      taken={taken}
      namespace={namespace}
      credential={credential}
      purpose={slot.purpose}
      entered={inspections.answers[slot.id]}
      onRename={(name) => change({ name })}
      onUse={() => change({ source: 'existing-secret' })}
    />
  );
}
