import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import type { Draft } from '@/lib/plane/registration/draft';
import { withName } from '@/lib/plane/registration/draft-changes';
import type { CheckContext } from '@/lib/plane/registration/known-planes';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { WantedPlane } from './prod-plane';

/** Material for tests that only check its format. It contains no real certificate or key. */
export const CERTIFICATE_PEM =
  '-----BEGIN CERTIFICATE-----\nMIIBcanarycertificateABC\n-----END CERTIFICATE-----\n';
export const PRIVATE_KEY_PEM =
  '-----BEGIN PRIVATE KEY-----\nMIGcanaryprivatekey=\n-----END PRIVATE KEY-----\n';

export const DRAFT_ID = '7c4f1a52-52a6-4a37-8f0e-3d5f0a6f1b01';

/** A context without information beside the draft. */
export const NOTHING_KNOWN: CheckContext = {
  planes: null,
  hasHiddenPlanes: false,
  namespaces: null,
  inspections: {},
};

/**
 * Returns the draft of a wanted plane. The value of a credential slot becomes a credential: inline, in an existing
 * Secret, or in a new one, with the proposed name and key if the reference has none.
 */
export function draftOfSpec(
  kind: InstalledKind,
  { namespace = '', name, spec, newSecrets = {} }: WantedPlane,
): Draft {
  const draft: Draft = {
    ...withName(newDraft(kind, DRAFT_ID, { namespace }), name, kind, false),
    spec,
    connection: 'kubernetesCluster' in spec ? 'direct' : 'agent',
    auth: valueAt(spec, ['kubernetesCluster', 'auth', 'bearerToken']) ? 'bearer-token' : 'mtls',
  };
  for (const slot of activeSlots(kind, draft)) {
    const given = valueAt(spec, slot.path);
    const before = draft.credentials[slot.id];
    if (given === undefined || !before) continue;
    draft.spec = withValueAt(draft.spec, slot.path, undefined);
    draft.credentials[slot.id] = credentialOf(slot, given, newSecrets[slot.id], before);
  }
  return draft;
}

function credentialOf(
  { refField }: CredentialSlot,
  given: Json,
  newText: string | undefined,
  proposed: Credential,
): Credential {
  const reference = isJsonObject(given) ? given[refField ?? ''] : undefined;
  if (!isJsonObject(reference))
    return { ...proposed, source: 'inline', text: textOf(isJsonObject(given) ? given.value : given) };
  const place = Object.fromEntries(Object.entries(reference).map(([part, value]) => [part, textOf(value)]));
  return newText === undefined
    ? { source: 'existing-secret', text: '', namespace: '', name: '', key: '', ...place }
    : { ...proposed, source: 'new-secret', text: newText, ...place };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Returns a seeded generator of numbers in [0, 1), so a failing random test can be repeated (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
