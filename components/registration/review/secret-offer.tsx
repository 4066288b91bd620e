'use client';

import { Button } from '@/components/ui/button';
import type { Problem } from '@/lib/api/problem';
import { withCredential } from '@/lib/client/registration/draft-changes';
import { draftStore } from '@/lib/client/registration/draft-store';
import { useDraftedWizard } from '../wizard-context';

/** A Secret of the name that was to be new exists already: it is never overwritten, yet it can be used. */
export function SecretOffer({ problem }: { readonly problem: Problem }) {
  const { draft } = useDraftedWizard();
  if (problem.code !== 'already-exists') return null;
  const slotIds = (problem.errors ?? []).flatMap(({ path: [part, slotId, field] }) =>
    part === 'credentials' && field === 'name' ? [String(slotId)] : [],
  );
  const first = slotIds[0] === undefined ? undefined : draft.credentials[slotIds[0]];
  if (!first) return null;
  const { namespace, name } = first;
  const secret = `${namespace || draft.namespace}/${name}`;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2.5">
      <p className="text-pretty">
        You can use the Secret <code className="break-all font-mono text-xs">{secret}</code> as it is. It is
        not changed, and what you entered for it is not written.
      </p>
      <Button
        variant="outline"
        className="mt-2"
        onClick={() =>
          draftStore.change((before) => {
            // Every credential that was to stand in this Secret, or it would be asked for anew.
            const same = Object.entries(before.credentials).filter(
              ([, credential]) =>
                credential.source === 'new-secret' &&
                credential.name === name &&
                credential.namespace === namespace,
            );
            return same.reduce(
              (changed, [slotId, credential]) =>
                withCredential(changed, slotId, { ...credential, source: 'existing-secret' }),
              before,
            );
          })
        }
      >
        Use the existing Secret
      </Button>
    </div>
  );
}
