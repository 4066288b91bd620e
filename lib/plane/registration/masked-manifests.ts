import { isPublicMaterial } from '@/lib/plane/credentials/recognise-material';
import type { JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import type { Manifests, MaterialPlace } from './manifests';

/** Returns the manifests for display: private material masked, public certificates unchanged. */
export function maskedManifests(manifests: Manifests): JsonObject[] {
  return withoutSecrets(manifests, () => MASK);
}

/** Returns the manifests for git, with a descriptive placeholder for each secret. */
export function placeholderManifests(manifests: Manifests): JsonObject[] {
  return withoutSecrets(manifests, placeholderOf);
}

type Replacement = (path: JsonPath, place: MaterialPlace | undefined) => string;

function withoutSecrets({ secrets, plane, materials }: Manifests, replace: Replacement): JsonObject[] {
  const shown = secrets.map((secret, index) => hideMaterials(secret, placesOf(materials, index), replace));
  return [...shown, hideRest(hideMaterials(plane, placesOf(materials, 'plane'), replace), replace)];
}

function placesOf(materials: readonly MaterialPlace[], object: MaterialPlace['object']): MaterialPlace[] {
  return materials.filter((place) => place.object === object);
}

function hideMaterials(
  manifest: JsonObject,
  places: readonly MaterialPlace[],
  replace: Replacement,
): JsonObject {
  let shown = manifest;
  for (const place of places) {
    const text = valueAt(manifest, place.path);
    if (typeof text === 'string' && isPublicMaterial(place.purpose, text)) continue;
    shown = withValueAt(shown, place.path, replace(place.path, place));
  }
  return shown;
}

/**
 * Hides secrets in fields without a slot, such as those in lists, by the same rules as for any displayed resource.
 */
function hideRest(plane: JsonObject, replace: Replacement): JsonObject {
  let shown = plane;
  for (const path of redactObject(plane).masked) {
    const text = valueAt(shown, path);
    if (typeof text === 'string' && text.startsWith('<')) continue;
    shown = withValueAt(shown, path, replace(path, undefined));
  }
  return shown;
}

const PLACEHOLDERS: Record<CredentialPurpose, string> = {
  'agent-ca': '<agent CA certificate, PEM>',
  'server-ca': '<API server CA certificate, PEM>',
  'client-certificate': '<client certificate, PEM>',
  'client-key': '<client private key, PEM>',
  'bearer-token': '<bearer token>',
  password: '<password>',
  other: '<secret value>',
};

function placeholderOf(path: JsonPath, place: MaterialPlace | undefined): string {
  if (!place) return `<secret value of ${path.slice(1).join('.')}>`;
  const words = PLACEHOLDERS[place.purpose];
  return place.path.at(-2) === 'credentials' ? words.replace('PEM>', 'base64 of PEM>') : words;
}
