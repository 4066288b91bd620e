'use client';

import type { LoadedRelatedResources } from '@/components/plane/related/use-related-resources';
import { Age } from '@/components/ui/age';
import { unseenParts } from '@/lib/plane/diagnosis/unseen-parts';

/** What of the plane's surroundings has been looked at, and when: what was not is never passed over. */
export function CheckedNote({ related }: { readonly related: LoadedRelatedResources }) {
  return (
    <p className="mt-3 text-pretty border-line border-t pt-2.5 text-muted text-xs [overflow-wrap:anywhere]">
      <Words {...related} />
    </p>
  );
}

function Words({ value, readAt, problem }: LoadedRelatedResources) {
  if (value === null) {
    return problem === null
      ? 'Looking at its certificate, its references and the control plane …'
      : `Not checked: its certificate, its references and the control plane could not be read. ${problem}`;
  }
  const unseen = unseenParts(value);
  return (
    <>
      Its surroundings were read with your rights <Age at={readAt ?? undefined} suffix=" ago" />.
      {unseen.length === 0 ? null : ` Not checked: ${unseen.join('; ')}.`}
      {problem === null ? null : ` Reading them again failed: ${problem}`}
    </>
  );
}
