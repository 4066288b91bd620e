import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import type { CredentialPurpose, CredentialSlot } from './credential-slot';
import { isSecretPath } from './secret-path';

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
