import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { yamlScalar } from '@/lib/plane/json/yaml-scalar';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { certificatesInText } from '@/lib/plane/masking/certificates-in-text';
import { MASK, maskedPaths } from '@/lib/plane/masking/mask';
import type { RedactedObject } from '@/lib/plane/masking/redact';
import {
  REFRESHED_AT_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
  REGISTRATION_ANNOTATION,
  REPLACED_ANNOTATION,
  REPLACEMENT_ANNOTATION,
  REPLACING_ANNOTATION,
} from './annotations';
import { joinList } from './text';

/** A resource that can be applied again, to this cluster or another. */
export interface CleanManifest {
  readonly manifest: JsonObject;
  /** Paths of masked secrets in the manifest. The API server rejects it until they are replaced. */
  readonly masked: readonly JsonPath[];
  /** Paths of texts of which only the certificates are included. */
  readonly trimmed: readonly JsonPath[];
  /** Annotations left out because their value isn't shown in full. Applying the manifest doesn't remove them. */
  readonly omitted: readonly string[];
}

/** What Planeboard notes about its own writes. It describes one object, and is wrong on a copy. */
const OWN_NOTES: ReadonlySet<string> = new Set([
  REGISTRATION_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
  REFRESHED_AT_ANNOTATION,
  REPLACING_ANNOTATION,
  REPLACED_ANNOTATION,
  REPLACEMENT_ANNOTATION,
]);

/**
 * Returns a stored resource without the parts that the API server, controllers and Planeboard maintain: of the
 * metadata only name, namespace, labels and annotations are left, and the status is removed.
 *
 * If a mask were applied, it would replace the secret. So each is written as a list, which a text field can't hold, and
 * text that was masked for what surrounds its certificates is reduced to them.
 *
 * @param raw as the API server returned it
 * @param redacted the same resource, as `redactObject` returned it
 */
export function cleanManifest(raw: unknown, { object, hidden }: RedactedObject): CleanManifest {
  const { apiVersion, kind, metadata, status: _status, ...content } = object as JsonObject;
  const { name, namespace, labels, annotations } = isJsonObject(metadata) ? metadata : {};
  const stored = isJsonObject(raw) ? valueAt(raw, ['metadata', 'annotations']) : undefined;
  const entries = isJsonObject(annotations)
    ? Object.entries(annotations).filter(([key]) => !OWN_NOTES.has(key))
    : [];
  const kept = entries.filter(
    ([key, value]) => isJsonObject(stored) && sameJson(valueAt(stored, [key]), value),
  );
  let manifest = filled({
    apiVersion,
    kind,
    metadata: filled({
      name,
      namespace,
      labels: someOf(labels),
      annotations: someOf(Object.fromEntries(kept)),
    }),
    ...content,
  });
  const masked: JsonPath[] = [];
  const trimmed: JsonPath[] = [];
  for (const path of maskedPaths(manifest)) {
    const secret = isJsonObject(raw) ? valueAt(raw, path) : undefined;
    const certificates = typeof secret === 'string' ? certificatesInText(secret) : null;
    (certificates === null ? masked : trimmed).push(path);
    manifest = withValueAt(manifest, path, certificates ?? [MASK]);
  }
  return {
    manifest,
    masked,
    trimmed,
    omitted: [
      ...entries.filter((entry) => !kept.includes(entry)).map(([key]) => key),
      ...hidden.map(({ name: key }) => key).filter((key) => !OWN_NOTES.has(key)),
    ],
  };
}

/** Returns a clean manifest as YAML. Comments above it name what to replace before it is applied, and what it lacks. */
export function cleanManifestYaml({ manifest, masked, trimmed, omitted }: CleanManifest): string {
  const secrets = masked.length === 1 ? '1 masked secret' : `${masked.length} masked secrets`;
  const paths = masked.map(pathText);
  const names = omitted.map((name) => yamlScalar(name));
  const notShown =
    names.length === 1 ? "it isn't shown in full: annotation" : "they aren't shown in full: annotations";
  return [
    masked.length === 0
      ? ''
      : `# Replace ${secrets} before you apply this: ${joinList(paths)}\n# Until then, the API server rejects it.\n`,
    trimmed.length === 0 ? '' : `# Reduced to the certificates: ${joinList(trimmed.map(pathText))}\n`,
    names.length === 0 ? '' : `# Not included, because ${notShown} ${joinList(names)}\n`,
    yamlText(manifest),
  ].join('');
}

function pathText(path: JsonPath): string {
  return yamlScalar(path.join('.'));
}

function someOf(value: Json | undefined): Json | undefined {
  return isJsonObject(value) && Object.keys(value).length === 0 ? undefined : value;
}

function filled(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
