import { isPlainSetting, isReferenceName, isSecretName } from '@/lib/plane/masking/redact';
import { type CredentialPurpose, PURPOSE_LABELS } from '@/lib/plane/model/credential-purpose';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';

/** Purposes whose material is a certificate and therefore public. */
export const CERTIFICATE_PURPOSES = ['agent-ca', 'server-ca', 'client-certificate'] as const;
export type CertificatePurpose = (typeof CERTIFICATE_PURPOSES)[number];

/** Returns whether the material of a purpose is a certificate. */
export function isCertificatePurpose(purpose: CredentialPurpose): purpose is CertificatePurpose {
  return CERTIFICATE_PURPOSES.some((one) => one === purpose);
}

/** A place in a kind's spec that takes a credential. */
export interface CredentialSlot {
  /** `path` joined with dots. */
  readonly id: string;
  /** The path within the spec: `['clusterAgent', 'clientCA']`. */
  readonly path: readonly string[];
  readonly purpose: CredentialPurpose;
  /**
   * `value-from`: an inline `value` or a Secret's key. `base64` and `text`: a plain string field, which is always
   * inline.
   */
  readonly form: 'value-from' | 'base64' | 'text';
  /** The name of a `value-from`'s reference in this release. */
  readonly refField: 'secretRef' | 'secretKeyRef' | null;
}

/** Returns the slot of a client certificate's private key: the one in the same group of the spec. */
export function keySlotFor<S extends CredentialSlot>(
  certificate: CredentialSlot,
  slots: readonly S[],
): S | undefined {
  if (certificate.purpose !== 'client-certificate') return undefined;
  return slots.find((slot) => slot.purpose === 'client-key' && groupOf(slot) === groupOf(certificate));
}

/** Returns the slot of the client certificate that a private key belongs to. */
export function certificateSlotFor<S extends CredentialSlot>(
  key: CredentialSlot,
  slots: readonly S[],
): S | undefined {
  if (key.purpose !== 'client-key') return undefined;
  return slots.find((slot) => slot.purpose === 'client-certificate' && groupOf(slot) === groupOf(key));
}

function groupOf(slot: CredentialSlot): string {
  return fieldOf(slot).slice(0, -1).join('.');
}

/** Returns the path of the field that a slot fills: in releases 0.4 and 0.5, the slot is the `value` below it. */
export function fieldOf({ path, form }: CredentialSlot): readonly string[] {
  return form === 'text' && path.at(-1) === 'value' ? path.slice(0, -1) : path;
}

/**
 * Returns whether a field of the spec holds a secret, judged by its name and the names of the groups around it. Uses
 * the same rule as masking: in `credentials`, everything but plain settings such as a URL.
 */
export function isSecretPath(path: readonly (string | number)[]): boolean {
  const names = path.filter((segment): segment is string => typeof segment === 'string');
  const last = names.at(-1);
  if (last === undefined || isReferenceName(last)) return false;
  if (isSecretName(last)) return true;
  // Groups inside a reference to a Secret hold the reference, not a secret.
  const lastReference = names.findLastIndex(isReferenceName);
  return names.slice(lastReference + 1, -1).some(isSecretName) && !isPlainSetting(last);
}

/** Returns the slot that a field is, or null. */
export function slotAt(
  node: SchemaNode,
  path: readonly string[],
  parent?: SchemaNode,
): CredentialSlot | null {
  const id = path.join('.');
  const refField = referenceField(node);
  if (refField) return { id, path, purpose: purposeOf(path), form: 'value-from', refField };
  if (node.type !== 'string' || (node.enum?.length ?? 0) > 0) return null;
  if (isInlineHalf(path, parent))
    return { id, path, purpose: purposeOf(path.slice(0, -1)), form: 'text', refField: null };
  if (!isSecretPath(path)) return null;
  const form = path.at(-2) === 'credentials' && isPemField(path.at(-1)) ? 'base64' : 'text';
  return { id, path, purpose: purposeOf(path), form, refField: null };
}

/** Returns the name of a ValueFrom's reference to a Secret's key, or null if the node isn't a ValueFrom. */
function referenceField(node: SchemaNode): 'secretRef' | 'secretKeyRef' | null {
  if (childNode(node, 'value')?.type !== 'string') return null;
  for (const name of ['secretKeyRef', 'secretRef'] as const) {
    const reference = childNode(node, name);
    const hasText = (field: string) => childNode(reference, field)?.type === 'string';
    if (hasText('name') && hasText('key')) return name;
  }
  return null;
}

/** Returns whether a field is the `value` beside a `secretRef` that is a plain text (releases 0.4 and 0.5). */
function isInlineHalf(path: readonly string[], parent: SchemaNode | undefined): boolean {
  return path.at(-1) === 'value' && childNode(parent, 'secretRef')?.type === 'string';
}

/** Returns whether a field of the oldest release's `credentials` holds base64 of PEM. */
function isPemField(name: string | undefined): boolean {
  return name === 'caCert' || name === 'clientCert' || name === 'clientKey';
}

function purposeOf(path: readonly string[]): CredentialPurpose {
  const name = path.at(-1) ?? '';
  const top = path[0];
  if (name === 'clientCA' && (top === 'clusterAgent' || top === 'agent')) return 'agent-ca';
  if (/password$/i.test(name)) return 'password';
  if (top !== 'kubernetesCluster') return 'other';
  if (name === 'ca' || name === 'caCert') return 'server-ca';
  if (name === 'clientCert') return 'client-certificate';
  if (name === 'clientKey') return 'client-key';
  return name === 'bearerToken' ? 'bearer-token' : 'other';
}

/** Names a slot's credential within a sentence: `bearer token`. */
export function slotLabel({ purpose, path }: Pick<CredentialSlot, 'purpose' | 'path'>): string {
  return purpose === 'other' ? `${PURPOSE_LABELS.other} ${path.join('.')}` : PURPOSE_LABELS[purpose];
}

/** Names the credential of a slot's id, where the kind's schema isn't known. */
export function slotIdLabel(id: string): string {
  const path = id.split('.');
  return slotLabel({ path, purpose: purposeOf(path) });
}
