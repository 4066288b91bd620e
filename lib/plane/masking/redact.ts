import { isJsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { MASK } from './mask';
import { type HiddenAnnotation, hiddenText, isCopyOfResource, isOpaqueAnnotation } from './opaque-annotation';
import { secretCertainty } from './secret-names';
import { isPublicCertificate, looksSecret } from './secret-text';
import { isSecretSetting } from './stated-secret';
import { isSecretList, secretFields } from './structured-secret';

export interface RedactedObject {
  /** A copy without managedFields and without copies of the resource, with every secret masked. */
  readonly object: Record<string, unknown>;
  readonly masked: JsonPath[];
  /** Annotations whose values are data, not texts; by default the object has none of them. */
  readonly hidden: readonly HiddenAnnotation[];
}

/** What becomes of annotations with data: left out, replaced by their size, or kept, for what a person typed. */
export type OpaqueAnnotations = 'omit' | 'describe' | 'keep';

/** Names of fields that hold secrets in any form. */
const SECRET_GROUP = /^(?:kubeconfig|\.?dockerconfig(?:json)?|auths|stringdata)$/i;
const COOKIE_NAME = /^(?:set-)?cookies?$/i;
const REFERENCE_NAME = /refs?$/i;
/**
 * Far deeper than any schema. What is nested more deeply is masked as a whole: nobody reads it, and it would exhaust the
 * stack and make YAML of megabytes.
 */
const MAX_DEPTH = 100;

/**
 * Prepares a resource for display. Recognises a secret by its field's name, by its place as the inline `value` of a
 * ValueFrom (except for a certificate, which is public), or by its text. Masks when in doubt.
 *
 * Doesn't change the argument. Returns an empty object for anything that isn't an object.
 */
export function redactObject(raw: unknown, opaque: OpaqueAnnotations = 'omit'): RedactedObject {
  if (!isJsonObject(raw)) return { object: {}, masked: [], hidden: [] };
  const masked: JsonPath[] = [];
  const { object, hidden } = withoutBookkeeping(raw, opaque);
  return { object: copy(object, [], false, masked) as Record<string, unknown>, masked, hidden };
}

/** Returns a copy without managedFields and copies of the resource, and the annotations that it leaves out besides. */
function withoutBookkeeping(
  raw: Record<string, unknown>,
  opaque: OpaqueAnnotations,
): Pick<RedactedObject, 'object' | 'hidden'> {
  if (!isJsonObject(raw.metadata)) return { object: raw, hidden: [] };
  const { managedFields: _managedFields, annotations, ...metadata } = raw.metadata;
  if (!isJsonObject(annotations)) return { object: { ...raw, metadata }, hidden: [] };
  const kept: [string, unknown][] = [];
  const hidden: HiddenAnnotation[] = [];
  for (const [name, value] of Object.entries(annotations)) {
    if (isCopyOfResource(name)) continue;
    if (opaque === 'keep' || !isOpaqueAnnotation(name, value)) {
      kept.push([name, value]);
      continue;
    }
    const bytes = new TextEncoder().encode(String(value)).length;
    hidden.push({ name, bytes });
    if (opaque === 'describe') kept.push([name, hiddenText(bytes)]);
  }
  const shown = kept.length > 0 ? { ...metadata, annotations: Object.fromEntries(kept) } : metadata;
  return { object: { ...raw, metadata: shown }, hidden };
}

/**
 * Returns whether a field of this name holds a secret or, as a group, secrets beside plain settings such as a URL.
 */
export function isSecretName(name: string): boolean {
  if (isReferenceName(name)) return false;
  // `auth` is a group of settings, of which each is judged by its own name.
  return SECRET_GROUP.test(name) || (secretCertainty(name) !== null && !/auth$/i.test(name));
}

/** Returns whether a field of this name refers to a Secret or another object, so its value isn't secret. */
export function isReferenceName(name: string): boolean {
  return REFERENCE_NAME.test(name);
}

/** @param inSecretList the value is the items of a SecretList, or one of them */
function copy(
  value: unknown,
  path: JsonPath,
  secret: boolean,
  masked: JsonPath[],
  inSecretList = false,
): unknown {
  if (path.length > MAX_DEPTH && typeof value === 'object' && value !== null) {
    masked.push(path);
    return MASK;
  }
  if (Array.isArray(value)) {
    const isSecret = secret || (path[0] !== 'metadata' && isSecretList(value, path));
    return value.map((item, index) => copy(item, [...path, index], isSecret, masked, inSecretList));
  }
  if (isJsonObject(value)) {
    const secretOnes = secretFields(value, inSecretList);
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [
        name,
        copy(
          child,
          [...path, name],
          childIsSecret(name, path, secret) || secretOnes.has(name),
          masked,
          value.kind === 'SecretList' && name === 'items',
        ),
      ]),
    );
  }
  if (!isSecretLeaf(value, path, secret)) return value;
  masked.push(path);
  return MASK;
}

function childIsSecret(name: string, path: JsonPath, parentIsSecret: boolean): boolean {
  if (isReferenceName(name)) return false;
  // Other names in the metadata mean nothing: a label "token" is as public as any other.
  if (path[0] === 'metadata' || name === 'metadata') return false;
  return parentIsSecret || isSecretName(name);
}

function isSecretLeaf(value: unknown, path: JsonPath, secret: boolean): boolean {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return false;
  if (typeof value === 'number') return secret;
  const text = String(value);
  if (looksSecret(text) || isCookie(path, text)) return true;
  const certificate = isPublicCertificate(text);
  if (isNamedSecret(path, text)) return !certificate;
  const leaf = path.at(-1);
  if (path[0] === 'spec' && leaf === 'value') return !certificate;
  // `credentials.caCert` of the oldest release is public; `credentials.clientKey` isn't.
  if (!secret) return false;
  return !certificate && !isPlainSetting(leaf);
}

/** Returns whether a text is the value of a header, or of one of several with the same name. */
function isCookie(path: JsonPath, text: string): boolean {
  const header = path.findLast((part) => typeof part === 'string') ?? '';
  return COOKIE_NAME.test(header) && looksSecret(`cookie: ${text}`);
}

/** Returns whether an annotation, or a field such as `auth`, holds a secret by its name and the value. */
function isNamedSecret(path: JsonPath, text: string): boolean {
  const name = path.at(-1);
  const isAnnotation = path[0] === 'metadata' && path[1] === 'annotations' && path.length === 3;
  if (typeof name !== 'string' || (path[0] === 'metadata' && !isAnnotation)) return false;
  return !isReferenceName(name) && isSecretSetting(name, text);
}

/** Returns whether a field beside a secret isn't secret itself, such as the URL or the user name. */
export function isPlainSetting(leaf: string | number | undefined): boolean {
  return typeof leaf === 'string' && /^(name|namespace|username|.*url|.*uri|host|server|port)$/i.test(leaf);
}
