import 'server-only';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import { type CredentialSlot, slotLabel } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { SecretSharing, SecretUser } from '@/lib/plane/credentials/secret-sharing';
import { kindOfName, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { refersToSecret } from '@/lib/plane/model/secret-references';
import { describeObject } from '@/lib/plane/model/text';
import { type LivePlane, readLivePlane } from '@/lib/server/edit/live-plane';
import { planesPath } from '@/lib/server/kube/api-paths';
import { KubeError } from '@/lib/server/kube/kube-error';
import { listPages } from '@/lib/server/kube/list-pages';
import type { SecretName, SecretPlace } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';

const PAGE_TIMEOUT_MS = 10_000;
/** The use of further planes isn't read, so they count as affected. */
const MAX_READ = 20;

const planeSchema = z.object({
  metadata: z.object({ uid: z.string(), name: z.string(), namespace: z.string().optional() }),
});

/**
 * Returns a plane that refers to a Secret, for sentences; null when there is none. Searches all planes of all kinds,
 * because a Secret must not be deleted while another plane uses it.
 *
 * @param ownUid the plane that doesn't count; null: all count
 * @throws KubeError, also `forbidden`: a caller who can't see all planes can't know
 */
export async function planeUsing(
  caller: Caller,
  secret: SecretName,
  ownUid: string | null,
): Promise<string | null> {
  for (const { entry } of getRuntime().catalog.state.kinds ?? []) {
    const path = planesPath({ plural: entry.plural, namespace: undefined });
    const listed = { apiVersion: PLANE_API_VERSION, kind: entry.kind };
    const options = { timeoutMs: PAGE_TIMEOUT_MS };
    for await (const { items } of listPages(caller.client, path, listed, options))
      for (const item of items) {
        const plane = planeSchema.safeParse(item).data;
        if (!plane) throw new KubeError('bad-answer', 'The API server returned an invalid object.');
        const { metadata } = plane;
        if (metadata.uid !== ownUid && refersToSecret(item, secret))
          return describeObject(entry.label.toLowerCase(), metadata);
      }
  }
  return null;
}

/**
 * Returns everything known to use a Secret's key besides one slot of a plane. Never throws: a plane that can't be read
 * counts as affected.
 *
 * @param replaced the slots that are replaced together
 */
export async function sharingOf(
  caller: Caller,
  live: LivePlane,
  replaced: readonly CredentialSlot[],
  { namespace, name, key }: SecretPlace,
): Promise<SecretSharing> {
  const view = await viewOf(caller);
  const { engine, secretReferences } = getRuntime();
  const others = [...engine.planes()].filter((plane) => plane.uid !== live.uid && view.sees(plane));
  const found = secretReferences.planesReferencing(`${namespace}/${name}`, others);
  const users = await Promise.all(
    found.map(async (user, index): Promise<SecretUser> => {
      const sameKey = index < MAX_READ ? await usesOf(caller, user, { namespace, name, key }) : null;
      return { ...user, sameKey };
    }),
  );
  const isReplaced = (slot: CredentialSlot) => replaced.some(({ id }) => id === slot.id);
  return {
    namespace,
    name,
    key,
    users,
    ownUses: slotsIn(live, { namespace, name })
      .filter((use) => use.key === key && !isReplaced(use.slot))
      .map(({ slot }) => slotLabel(slot)),
    mayHaveMoreUsers: (getRuntime().catalog.state.kinds ?? []).some(
      ({ entry }) => view.reachOf(entry.plural) !== 'all' || !engine.sources.isComplete(entry.plural),
    ),
  };
}

async function usesOf(caller: Caller, user: ObjectRef, place: SecretPlace): Promise<string[] | null> {
  const plural = kindOfName(user.kind)?.plural;
  if (plural === undefined) return null;
  try {
    const { namespace, name } = user;
    const slots = slotsIn(await readLivePlane(caller, { plural, namespace, name }), place);
    // It refers to the Secret in a way that isn't a credential known to Planeboard.
    if (slots.length === 0) return null;
    return slots.filter(({ key }) => key === place.key).map(({ slot }) => slotLabel(slot));
  } catch {
    return null;
  }
}

/** Returns the slots of a plane whose material is in a Secret, with their keys. */
export function slotsIn(
  { kind, spec, identity }: Pick<LivePlane, 'kind' | 'spec' | 'identity'>,
  { namespace, name }: SecretName,
): { readonly slot: CredentialSlot; readonly key: string }[] {
  return credentialSlots(kind).flatMap((slot) => {
    const place = credentialPlace(spec, slot, identity);
    if (place.at !== 'secret') return [];
    const { secret } = place;
    return secret.namespace === namespace && secret.name === name ? [{ slot, key: secret.key }] : [];
  });
}
