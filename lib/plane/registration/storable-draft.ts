import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isPublicMaterial } from '@/lib/plane/credentials/recognise-material';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { redactObject, withoutSecret } from '@/lib/plane/model/redact';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import type { Draft } from './draft';

/**
 * The part of a draft that may be kept in the browser's storage: never key material, tokens or passwords, wherever they
 * were typed. Of credentials the text is kept only where a certificate is meant and the text is nothing else.
 */
export function storableDraft(draft: Draft, kind: InstalledKind): Draft {
  const credentials: Record<string, Credential> = {};
  for (const slot of credentialSlots(kind)) {
    const credential = Object.hasOwn(draft.credentials, slot.id) ? draft.credentials[slot.id] : undefined;
    if (!credential) continue;
    credentials[slot.id] = {
      source: credential.source,
      text: isPublicMaterial(slot.purpose, credential.text) ? credential.text : '',
      namespace: plain(credential.namespace),
      name: plain(credential.name),
      key: plain(credential.key),
    };
  }
  return {
    ...draft,
    namespace: plain(draft.namespace),
    name: plain(draft.name),
    displayName: plain(draft.displayName),
    description: plain(draft.description),
    spec: storableSpec(draft.spec, kind),
    credentials,
  };
}

/** The keys, tokens and passwords of a draft, as they were entered: none of them may be repeated in a text. */
export function secretTextsOf(draft: Pick<Draft, 'credentials'>, kind: InstalledKind): string[] {
  const purposes = new Map(credentialSlots(kind).map(({ id, purpose }) => [id, purpose]));
  return Object.entries(draft.credentials)
    .filter(([slotId, { text }]) => !isPublicMaterial(purposes.get(slotId) ?? 'other', text))
    .map(([, { text }]) => text)
    .filter((text) => text.trim() !== '');
}

/** Without what masking would hide, and without anything at a credential's own place, which belongs into a slot. */
function storableSpec(spec: JsonObject, kind: InstalledKind): JsonObject {
  let kept = spec;
  for (const slot of credentialSlots(kind)) kept = withValueAt(kept, slot.path, undefined);
  for (const path of redactObject({ spec: kept }).masked) kept = withValueAt(kept, path.slice(1), '');
  return withoutUnparsed(kept);
}

/** A text that does not parse may hold anything, and no names tell what of it is secret. */
function withoutUnparsed(spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, parsedOnly(value)]));
}

function parsedOnly(value: Json): Json {
  if (isUnparsed(value)) return '';
  if (Array.isArray(value)) return value.map(parsedOnly);
  return isJsonObject(value) ? withoutUnparsed(value) : value;
}

function plain(text: string): string {
  return withoutSecret(text) === text ? text : '';
}
