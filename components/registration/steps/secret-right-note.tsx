'use client';

import { Lock } from 'lucide-react';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Notice } from '@/components/ui/notice';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { asSentence } from '@/lib/plane/model/as-sentence';

/** Says ahead that a new Secret cannot be made where one is to be: it would be refused in the end. */
export function SecretRightNote() {
  const { kind, draft, namespaces } = useDraftedWizard();
  const wanted = new Set(
    activeSlots(kind, draft).flatMap(({ id }) => {
      const credential = draft.credentials[id];
      return credential?.source === 'new-secret' ? [credential.namespace || draft.namespace] : [];
    }),
  );
  const denied = namespaces.data?.namespaces.filter(
    ({ name, createSecret }) => wanted.has(name) && createSecret.state === 'denied',
  );
  return denied?.map(({ name, createSecret }) => (
    <Notice
      key={name}
      tone="warning"
      icon={<Lock size={15} aria-hidden="true" className="text-degraded" />}
      title={`You may not create Secrets in ${name}.`}
      className="rounded-lg"
    >
      {asSentence(createSecret.reason ?? '')} Choose an existing Secret, or keep a certificate inline.
    </Notice>
  ));
}
