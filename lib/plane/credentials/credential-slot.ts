import { isPlainSetting, isReferenceName, isSecretName } from '@/lib/plane/model/redact';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';

/** What a credential is for; decides how it is checked and what its input looks like. */
export const CREDENTIAL_PURPOSES = [
  /** Verifies the certificate that the agent shows when it dials in. */
  'agent-ca',
  /** Verifies the API server that the control plane calls directly. */
  'server-ca',
  'client-certificate',
  'client-key',
  'bearer-token',
  'password',
  /** A secret that Planeboard has never heard of. */
  'other',
] as const;
export type CredentialPurpose = (typeof CREDENTIAL_PURPOSES)[number];

/** Purposes whose material is a certificate, hence public. */
export const CERTIFICATE_PURPOSES = ['agent-ca', 'server-ca', 'client-certificate'] as const;
export type CertificatePurpose = (typeof CERTIFICATE_PURPOSES)[number];

/** Whether the material of a purpose is a certificate. */
export function isCertificatePurpose(purpose: CredentialPurpose): purpose is CertificatePurpose {
  return CERTIFICATE_PURPOSES.some((one) => one === purpose);
}

/** A place in a kind's spec that takes a credential. */
export interface CredentialSlot {
  /** `path` joined with dots. */
  readonly id: string;
  /** Within the spec: `['clusterAgent', 'clientCA']`. */
  readonly path: readonly string[];
  readonly purpose: CredentialPurpose;
  /** `value-from`: inline `value` or a Secret's key. `base64` and `text`: a plain string field, which is always inline. */
  readonly form: 'value-from' | 'base64' | 'text';
  /** Of a `value-from`: what this release calls its reference. */
  readonly refField: 'secretRef' | 'secretKeyRef' | null;
}

/** The slot of the private key that belongs to a client certificate: the one in the same group of the spec. */
export function keySlotFor<S extends CredentialSlot>(
  certificate: CredentialSlot,
  slots: readonly S[],
): S | undefined {
  if (certificate.purpose !== 'client-certificate') return undefined;
  return slots.find((slot) => slot.purpose === 'client-key' && groupOf(slot) === groupOf(certificate));
}

/** The slot of the client certificate that a private key belongs to. */
export function certificateSlotFor<S extends CredentialSlot>(
  key: CredentialSlot,
  slots: readonly S[],
): S | undefined {
  if (key.purpose !== 'client-key') return undefined;
  return slots.find((slot) => slot.purpose === 'client-certificate' && groupOf(slot) === groupOf(key));
}

function groupOf({ path }: CredentialSlot): string {
  return path.slice(0, -1).join('.');
}

/**
 * Whether a field of the spec holds a secret, judged by its name and the names of the groups around it, by the same
 * rule as masking: in `credentials`, everything but plain settings such as a URL.
 */
export function isSecretPath(path: readonly (string | number)[]): boolean {
  const names = path.filter((segment): segment is string => typeof segment === 'string');
  const last = names.at(-1);
  if (last === undefined || isReferenceName(last)) return false;
  if (isSecretName(last)) return true;
  // A reference to a Secret among the parents: what stands in it is the reference.
  const lastReference = names.findLastIndex(isReferenceName);
  return names.slice(lastReference + 1, -1).some(isSecretName) && !isPlainSetting(last);
}

/** The slot that a field is, or null when it is none. */
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

/** What a ValueFrom calls its reference to a Secret's key; null for what is no ValueFrom. */
function referenceField(node: SchemaNode): 'secretRef' | 'secretKeyRef' | null {
  if (childNode(node, 'value')?.type !== 'string') return null;
  for (const name of ['secretKeyRef', 'secretRef'] as const) {
    const reference = childNode(node, name);
    const hasText = (field: string) => childNode(reference, field)?.type === 'string';
    if (hasText('name') && hasText('key')) return name;
  }
  return null;
}

/** `value` beside a `secretRef` that is a plain text (releases 0.4 and 0.5). */
function isInlineHalf(path: readonly string[], parent: SchemaNode | undefined): boolean {
  return path.at(-1) === 'value' && childNode(parent, 'secretRef')?.type === 'string';
}

/** Of the oldest release's `credentials`, which are base64 of PEM. */
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

const PURPOSE_LABELS: Record<CredentialPurpose, string> = {
  'agent-ca': "agent's certificate",
  'server-ca': "API server's CA",
  'client-certificate': 'client certificate',
  'client-key': 'private key',
  'bearer-token': 'bearer token',
  password: 'password',
  other: 'secret',
};

/** The credential of a slot, as part of a sentence: `bearer token`. */
export function slotLabel({ purpose, path }: CredentialSlot): string {
  return purpose === 'other' ? `${PURPOSE_LABELS.other} ${path.join('.')}` : PURPOSE_LABELS[purpose];
}
