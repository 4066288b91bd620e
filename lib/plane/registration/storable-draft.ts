import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isPublicMaterial } from '@/lib/plane/credentials/recognise-material';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { redactObject } from '@/lib/plane/masking/redact';
import { withoutSecret } from '@/lib/plane/masking/secret-text';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import type { Draft } from './draft';

/**
 * Returns the part of a draft that may be kept in the browser's storage: never key material, tokens or passwords,
 * wherever they were typed. Keeps a credential's text only in a certificate's slot and if it is nothing but
 * certificates.
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
    ...(draft.owner === undefined ? {} : { owner: plain(draft.owner) }),
    ...(draft.runbookUrl === undefined ? {} : { runbookUrl: plain(draft.runbookUrl) }),
    ...(draft.labels === undefined ? {} : { labels: plainLabels(draft.labels) }),
    spec: storableSpec(draft.spec, kind),
    credentials,
  };
}

/** Returns the keys, tokens and passwords of a draft as entered. No text may repeat them. */
export function secretTextsOf(draft: Pick<Draft, 'credentials'>, kind: InstalledKind): string[] {
  const purposes = new Map(credentialSlots(kind).map(({ id, purpose }) => [id, purpose]));
  return Object.entries(draft.credentials)
    .filter(([slotId, { text }]) => !isPublicMaterial(purposes.get(slotId) ?? 'other', text))
    .map(([, { text }]) => text)
    .filter((text) => text.trim() !== '');
}

/** Removes everything that masking would hide, and anything at a credential's path, which belongs in a slot. */
function storableSpec(spec: JsonObject, kind: InstalledKind): JsonObject {
  let storable = spec;
  for (const slot of credentialSlots(kind)) storable = withValueAt(storable, slot.path, undefined);
  for (const path of redactObject({ spec: storable }).masked)
    storable = withValueAt(storable, path.slice(1), '');
  return withoutUnparsed(storable);
}

/** Removes texts that don't parse. They may contain anything, and no names identify the secrets in them. */
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

function plainLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [plain(key), plain(value)]));
}
