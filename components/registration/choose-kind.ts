import { withIdentityOf } from '@/lib/plane/registration/draft-changes';
import { type DraftDefaults, draftForKind, newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { draftStore } from './draft-store';
import { randomUuid } from './random-uuid';

/** Makes the tab's draft one of this kind: a new one, or the one there is as far as the kind has its fields. */
export function chooseKind(kind: InstalledKind): void {
  const { draft, ownPlaneID } = draftStore.get();
  if (!draft) draftStore.begin(newDraft(kind, randomUuid()));
  else if (draft.plural !== kind.entry.plural) {
    draftStore.chooseKind(kind.entry.plural, (parked) =>
      parked ? withIdentityOf(parked, draft, kind, !ownPlaneID) : draftForKind(draft, kind),
    );
  }
}

/** Begins a draft on the cluster of another plane. One that was begun already is set aside, not lost. */
export function beginSibling(kind: InstalledKind, defaults: DraftDefaults): void {
  const { draft, ownPlaneID } = draftStore.get();
  const isBegun = draft !== null && draft.name !== '';
  draftStore.begin(newDraft(kind, randomUuid(), defaults), {
    ownPlaneID: defaults.sibling !== undefined,
    setAside: isBegun ? { draft, ownPlaneID } : null,
  });
}
