import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { DraftDefaults } from './new-draft';

/**
 * Returns the initial values of a new plane on another plane's cluster: the planeID, the namespace and the CA of the
 * agent, which both planes share. A Secret is referred to with its namespace, because the new plane may be in another
 * one.
 *
 * @param detail the other plane, secrets masked
 * @param kind the other plane's kind; undefined while its schema is unknown, and then its CA isn't copied
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
  // An inline value wins over a reference. A masked value isn't a certificate and can't be copied.
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
