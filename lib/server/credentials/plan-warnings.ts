import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import { caCheckOf, rejectedAgentText } from '@/lib/plane/credentials/ca-check';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import {
  type CredentialSlot,
  isCertificatePurpose,
  slotLabel,
} from '@/lib/plane/credentials/credential-slot';
import { recogniseMaterial } from '@/lib/plane/credentials/recognise-material';
import { otherContents, sharingTexts } from '@/lib/plane/credentials/secret-sharing';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { joinList } from '@/lib/plane/model/text';
import { certificatesIn, fingerprintsOf } from '@/lib/server/certificates/pem-certificates';
import { type LivePlane, parsedPlane } from '@/lib/server/edit/live-plane';
import type { Caller } from '@/lib/server/rights/caller';
import type { CredentialTarget } from './credential-target';
import { sharingOf, slotsIn } from './secret-users';
import type { SecretEdit } from './write-secret';

/** Material of another kind in a certificate's place, as people call it; null if there is none. */
function foreignMaterial(slot: CredentialSlot, text: string): string | null {
  if (!isCertificatePurpose(slot.purpose)) return null;
  const material = recogniseMaterial(text);
  switch (material.form) {
    case 'kubeconfig':
      return 'a kubeconfig';
    case 'private-key':
      return material.withCertificates ? null : 'a private key';
    case 'other':
      return text.trim().split(/\s/).length === 1 ? 'a token or another text without certificates' : null;
    default:
      return null;
  }
}

/**
 * Returns why a slot's stored material can't be changed as requested, or null. Certificates aren't added to a
 * kubeconfig, a key or a token, which something else must be using.
 */
export function overwritingProblem(
  slot: CredentialSlot,
  { action }: CredentialReplacement,
  current: string,
): string | null {
  if (action === 'replace') return null;
  const foreign = foreignMaterial(slot, current);
  return foreign === null
    ? null
    : `The stored value is ${foreign}, so no certificate can be added or removed. Check which program uses it, then replace it or choose another Secret.`;
}

/** Says that material to replace is entered again: people copy the old value by mistake. Null if it's another. */
export function sameMaterialText(slot: CredentialSlot, current: string, text: string): string | null {
  const isSame =
    current === text ||
    (isCertificatePurpose(slot.purpose) && sameJson(fingerprints(current), fingerprints(text)));
  return current !== '' && isSame ? `This ${slotLabel(slot)} is already stored.` : null;
}

function fingerprints(text: string): string[] {
  return fingerprintsOf(certificatesIn(text));
}

interface PlannedText {
  readonly slot: CredentialSlot;
  /** The stored text; empty if there is none. */
  readonly current: string;
  /** The text to write. */
  readonly text: string;
  readonly target: CredentialTarget;
  /** Whether the change drops certificates that are stored now. */
  readonly drops: boolean;
}

/** Returns what else a change affects: others who use the Secret, and other contents that it overwrites. */
export async function planWarnings(
  caller: Caller,
  live: LivePlane,
  edits: readonly SecretEdit[],
  { slot, current, text, target, drops }: PlannedText,
): Promise<string[]> {
  const isMoved = target.write === 'nothing' || (target.write === 'secret' && target.isNew);
  const warnings = isMoved ? [] : overwritingTexts(slot, current, text);
  if (slot.purpose === 'agent-ca' && drops) {
    const wasInline = credentialPlace(live.spec, slot, live.identity).at === 'inline';
    const stored = wasInline || target.write === 'inline' ? 'inline' : 'secret';
    warnings.push(rejectedAgentText(caCheckOf(live.kind.entry.kind, stored), parsedPlane(live)));
  }
  for (const { secret, live: stored, texts } of edits) {
    if (!stored) continue;
    for (const key of Object.keys(texts)) {
      const written = slotsIn(live, secret).filter((use) => use.key === key);
      // Each key has one slot that is replaced; the others with the same key are affected.
      const own = written.filter((use) => use.slot.id === slot.id);
      const replaced = (own.length > 0 ? own : written.slice(0, 1)).map((use) => use.slot);
      warnings.push(...sharingTexts(await sharingOf(caller, live, replaced, { ...secret, key })));
    }
  }
  return [...new Set(warnings)];
}

function overwritingTexts(slot: CredentialSlot, current: string, text: string): string[] {
  if (!isCertificatePurpose(slot.purpose) || current.trim() === '' || text === current) return [];
  const foreign = foreignMaterial(slot, current);
  if (foreign !== null) return [`The stored value is ${foreign}. This change overwrites it.`];
  // What else a CA's text holds is named by `contentNotes`.
  if (
    slot.purpose !== 'client-certificate' ||
    slot.form === 'base64' ||
    recogniseMaterial(current).form === 'base64-pem'
  )
    return [];
  const kept = new Set(otherContents(text));
  const lost = otherContents(current).filter((content) => !kept.has(content));
  return lost.length === 0
    ? []
    : [`The stored value also contains ${joinList(lost)}. This change removes it.`];
}
