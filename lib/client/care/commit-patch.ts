import { stringify } from 'yaml';
import { credentialPlace } from '@/lib/plane/draft/credential-place';
import type { CredentialSlot } from '@/lib/plane/draft/credential-slot';
import type { JsonObject } from '@/lib/plane/draft/json';
import { withValueAt } from '@/lib/plane/draft/spec-path';
import { PLANE_API_VERSION } from '@/lib/plane/kinds';
import type { PlaneIdentity } from '@/lib/plane/plane-path';

/** What goes into git instead of a secret: secrets are not kept there as they are. */
const PLACEHOLDER = '<put it here, as your repository keeps secrets>';
const THERE_NOW = '# <the certificates that stand there now stay above this one>';

export interface CommitPatch {
  /** In which object it is changed: "Secret acme/prod-ca". */
  readonly object: string;
  readonly yaml: string;
}

/**
 * The part of a manifest that has to be committed to replace what stands in a slot, with as much of the object as names
 * it. Certificates stand in it, secrets do not.
 *
 * @param spec of the plane, masked
 * @param pem the certificates that are to stand there; null: it is no certificate
 * @param keeps whether what is there now stays beside it. What is in the plane itself is put before it; what is in a
 *   Secret is not known here, so its place is shown.
 */
export function commitPatch(
  identity: PlaneIdentity,
  kind: string,
  spec: JsonObject,
  slot: CredentialSlot,
  pem: string | null,
  keeps: boolean,
): CommitPatch | null {
  const place = credentialPlace(spec, slot, identity);
  if (place.at === 'secret') {
    const { namespace, name, key } = place.secret;
    const text = pem === null ? PLACEHOLDER : keeps ? `${THERE_NOW}\n${ended(pem)}` : ended(pem);
    return {
      object: `Secret ${namespace}/${name}`,
      yaml: stringify(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { [key]: text } },
        { lineWidth: 0 },
      ),
    };
  }
  if (place.at === 'nowhere') return null;
  const before = keeps && place.at === 'inline' && slot.form !== 'base64' ? ended(place.text) : '';
  const text = pem === null ? PLACEHOLDER : written(`${before}${ended(pem)}`, slot);
  const path = slot.refField === null ? slot.path : [...slot.path, 'value'];
  const { name, namespace } = identity;
  return {
    object: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    yaml: stringify(
      {
        apiVersion: PLANE_API_VERSION,
        kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        spec: withValueAt({}, path, text),
      },
      { lineWidth: 0 },
    ),
  };
}

function written(pem: string, { form }: CredentialSlot): string {
  return form === 'base64' ? btoa(pem) : pem;
}

function ended(text: string): string {
  return `${text.trimEnd()}\n`;
}
