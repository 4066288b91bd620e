import type { Credential, DirectAuth, SpecDraft } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { connectionsOf, credentialSlots, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import type { Draft } from '@/lib/plane/registration/draft';
import { defaultCredential } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/**
 * Reads the form's draft of an existing plane. An inline certificate becomes its text; an inline secret becomes the
 * mask, which keeps the stored value. A credential that refers to a Secret becomes an existing Secret.
 *
 * @param spec the plane's spec, secrets masked; anything but an object counts as empty
 * @param name the plane's name, used to propose Secrets for absent credentials
 */
export function specDraftOf(spec: unknown, kind: InstalledKind, name: string): SpecDraft {
  const shown: JsonObject = isJsonObject(spec) ? spec : {};
  const credentials: Record<string, Credential> = {};
  let rest = shown;
  for (const slot of credentialSlots(kind)) {
    credentials[slot.id] = credentialAt(shown, slot, kind, name);
    rest = withValueAt(rest, slot.path, undefined);
  }
  return { spec: rest, credentials, connection: connectionIn(shown, kind), auth: authIn(shown, kind) };
}

/** Returns whether a credential keeps the stored secret. Such a credential is neither checked nor written. */
export function keepsStoredSecret({ source, text }: Credential): boolean {
  return source === 'inline' && text.trim() === MASK;
}

function credentialAt(spec: JsonObject, slot: CredentialSlot, kind: InstalledKind, name: string): Credential {
  const begin = defaultCredential(slot, kind, { name });
  const given = valueAt(spec, slot.path);
  if (given === undefined || given === null) return begin;
  if (slot.refField === null) return { ...begin, source: 'inline', text: textOf(given) };
  const group: JsonObject = isJsonObject(given) ? given : {};
  const value = textOf(group.value);
  const reference = group[slot.refField];
  const place = isJsonObject(reference)
    ? { namespace: textOf(reference.namespace), name: textOf(reference.name), key: textOf(reference.key) }
    : null;
  // The API uses the value when both are set.
  if (value !== '' || place === null) return { ...begin, ...place, source: 'inline', text: value };
  return { ...begin, ...place, source: 'existing-secret', text: '' };
}

function connectionIn(spec: JsonObject, kind: InstalledKind): Draft['connection'] {
  const offered = connectionsOf(kind);
  const isDirect = valueAt(spec, ['agent', 'enabled']) !== true && isJsonObject(spec.kubernetesCluster);
  if (isDirect && offered.includes('direct')) return 'direct';
  return offered[0] ?? 'agent';
}

function authIn(spec: JsonObject, kind: InstalledKind): DirectAuth {
  const auth = valueAt(spec, ['kubernetesCluster', 'auth']);
  const offered = directAuthsOf(kind);
  const isToken = isJsonObject(auth) && isJsonObject(auth.bearerToken) && !isJsonObject(auth.mtls);
  if (isToken && offered.includes('bearer-token')) return 'bearer-token';
  return offered[0] ?? 'mtls';
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
