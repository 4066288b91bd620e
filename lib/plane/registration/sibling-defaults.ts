import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { DraftDefaults } from './new-draft';

/**
 * What a new plane on the same cluster begins with: the other's planeID, its namespace, and the CA of its agent, which
 * is the same agent for both. A Secret is referred to with its namespace, as the new plane may come to stand in another.
 *
 * @param detail of the other plane, secrets masked
 * @param kind of the other plane; undefined while its schema is not known, and then its CA is not taken over
 */
export function siblingDefaults(
  detail: { readonly plane: Pick<Plane, 'namespace' | 'planeID'>; readonly spec: unknown },
  kind: InstalledKind | undefined,
): DraftDefaults {
  const { namespace, planeID } = detail.plane;
  const agentCa = kind && isJsonObject(detail.spec) ? agentCaOf(detail.spec, kind, namespace) : undefined;
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(planeID === null ? {} : { sibling: { planeID, ...(agentCa ? { agentCa } : {}) } }),
  };
}

function agentCaOf(
  spec: JsonObject,
  kind: InstalledKind,
  ownNamespace: string | undefined,
): Credential | undefined {
  const slot = credentialSlots(kind).find((item) => item.purpose === 'agent-ca');
  const given = slot && valueAt(spec, slot.path);
  if (!slot || !isJsonObject(given)) return undefined;
  // An inline value wins over a reference; what is masked is no certificate and cannot be taken over.
  if (typeof given.value === 'string' && given.value !== '') {
    return given.value.includes('-----BEGIN CERTIFICATE-----')
      ? { source: 'inline', text: given.value, namespace: '', name: '', key: '' }
      : undefined;
  }
  const reference = slot.refField === null ? undefined : given[slot.refField];
  if (!isJsonObject(reference)) return undefined;
  const { name, key, namespace = ownNamespace } = reference;
  if (typeof name !== 'string' || typeof key !== 'string' || typeof namespace !== 'string') return undefined;
  return { source: 'existing-secret', text: '', namespace, name, key };
}
