import type { SpecDraft } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import type { ExampleMaterial } from '@/testing/examples/example-material';
import { NAMESPACE, type WantedPlane } from './prod-plane';
import { sampleSpec } from './sample-spec';
import { withDefaults } from './stored-spec';

/** Which fields a sample fills in, and where it puts the credentials that can be in a Secret. */
export const FILLINGS = [
  'required fields and proposed Secrets',
  'every field and chosen Secrets',
  'every field and inline credentials',
] as const;
export type Filling = (typeof FILLINGS)[number];

export interface SampleOptions {
  readonly name: string;
  readonly connection: SpecDraft['connection'];
  readonly auth: SpecDraft['auth'];
  readonly filling: Filling;
  readonly material: ExampleMaterial;
}

/** A plane to register, and what the API server must store. */
export interface SamplePlane {
  readonly wanted: WantedPlane;
  readonly storedSpec: JsonObject;
  /** The texts of the new Secrets by their keys, by `<namespace>/<name>`. */
  readonly storedSecrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Returns a plane of a kind with valid values. */
export function samplePlane(kind: InstalledKind, options: SampleOptions): SamplePlane {
  const { name, filling } = options;
  const newSecrets: Record<string, string> = {};
  const storedSecrets: Record<string, Record<string, string>> = {};
  const isInSecret = ({ refField }: CredentialSlot) =>
    refField !== null && filling !== 'every field and inline credentials';

  const wantedSpec = specWith((slot, text) => {
    if (!isInSecret(slot)) return inlineValue(slot, text);
    newSecrets[slot.id] = text;
    return { [slot.refField ?? '']: filling === FILLINGS[0] ? {} : placeOf(slot) };
  });
  const storedSpec = specWith((slot, text) => {
    if (!isInSecret(slot)) return inlineValue(slot, text);
    const place = placeOf(slot);
    const secret = `${place.namespace ?? NAMESPACE}/${place.name}`;
    storedSecrets[secret] = { ...storedSecrets[secret], [place.key]: storedText(text) };
    return { [slot.refField ?? '']: place };
  });
  const isScoped = kind.entry.scope === 'Namespaced';
  return {
    wanted: { ...(isScoped ? { namespace: NAMESPACE } : {}), name, spec: wantedSpec, newSecrets },
    // The wizard decides this field by the chosen connection.
    storedSpec: withDefaults(
      specSchema(kind),
      storedSpec.agent ? withValueAt(storedSpec, ['agent', 'enabled'], true) : storedSpec,
    ),
    storedSecrets,
  };

  function specWith(credential: (slot: CredentialSlot, text: string) => Json): JsonObject {
    const planeID = specSchema(kind).properties?.planeID ? { planeID: name } : {};
    const onlyRequired = filling === FILLINGS[0];
    return { ...planeID, ...sampleSpec(kind, { ...options, onlyRequired, credential }) };
  }

  function placeOf(slot: CredentialSlot): { name: string; namespace?: string; key: string } {
    const isCluster = kind.entry.scope === 'Cluster';
    const namespace = isCluster ? { namespace: CONTROL_PLANE_NAMESPACE } : {};
    if (filling !== FILLINGS[0]) return { name: `${name}-credentials`, ...namespace, key: slot.id };
    const { suffix, key } = PROPOSALS[slot.purpose] ?? { suffix: '', key: '' };
    return {
      name: [name, ...(isCluster ? [kind.entry.planeType] : []), suffix].join('-'),
      ...namespace,
      key,
    };
  }
}

/** The proposed name, after the plane's, and key of a new Secret. */
const PROPOSALS: Partial<Record<CredentialPurpose, { readonly suffix: string; readonly key: string }>> = {
  'agent-ca': { suffix: 'agent-ca', key: 'ca.crt' },
  'server-ca': { suffix: 'cluster-access', key: 'ca.crt' },
  'client-certificate': { suffix: 'cluster-access', key: 'tls.crt' },
  'client-key': { suffix: 'cluster-access', key: 'tls.key' },
  'bearer-token': { suffix: 'cluster-access', key: 'token' },
};

function inlineValue({ form }: CredentialSlot, text: string): Json {
  if (form === 'base64') return Buffer.from(text).toString('base64');
  return form === 'text' ? text : { value: text };
}

/** PEM is stored with a newline at its end, other texts as they are. */
function storedText(text: string): string {
  return text.startsWith('-----BEGIN') ? `${text}\n` : text;
}
