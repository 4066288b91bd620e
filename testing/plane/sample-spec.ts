import type { SpecDraft } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { type FormField, fieldsOfStep } from '@/lib/plane/registration/form-field';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { ExampleMaterial } from '@/testing/examples/example-material';

export interface Sampling {
  readonly connection: SpecDraft['connection'];
  /** The sign-in of a direct connection; `mtls` by default. */
  readonly auth?: SpecDraft['auth'];
  readonly material: ExampleMaterial;
  /** Whether to fill in only the required fields instead of every field in the wizard. */
  readonly onlyRequired: boolean;
  /** Returns the spec's value for a credential. */
  readonly credential: (slot: CredentialSlot, text: string) => Json;
}

/** Returns a spec with a valid value for each field of a kind, including credentials. */
export function sampleSpec(kind: InstalledKind, sampling: Sampling): JsonObject {
  const draft: SpecDraft = {
    spec: {},
    credentials: {},
    connection: sampling.connection,
    auth: sampling.auth ?? 'mtls',
  };
  const fields = (['connection', 'services'] as const).flatMap((step) => fieldsOfStep(kind, step, draft));
  return fields.reduce((spec, field) => withField(spec, field, sampling), {} as JsonObject);
}

function withField(spec: JsonObject, field: FormField, sampling: Sampling): JsonObject {
  if (sampling.onlyRequired && !field.required) return spec;
  if (field.kind === 'group')
    return (field.children ?? []).reduce((before, child) => withField(before, child, sampling), spec);
  const { slot } = field;
  const value = slot ? sampling.credential(slot, textOf(slot.purpose, sampling.material)) : sampleOf(field);
  return isJsonObject(value) && Object.keys(value).length === 0 ? spec : withValueAt(spec, field.path, value);
}

function textOf(purpose: CredentialPurpose, material: ExampleMaterial): string {
  switch (purpose) {
    case 'agent-ca':
    case 'server-ca':
      return material.ca;
    case 'client-certificate':
    case 'client-key':
      return material[purpose];
    case 'bearer-token':
      return 'abc.def.ghi';
    default:
      return 'not-a-real-password';
  }
}

function sampleOf({ kind, node, path }: FormField): Json {
  switch (kind) {
    case 'host':
      return 'api.example.com';
    case 'url':
      return 'https://service.example.com:8443';
    case 'number':
      return 8443;
    case 'boolean':
      return true;
    case 'choice':
      return node.enum?.[0] ?? '';
    case 'list':
      return ['first', 'second'];
    case 'observability-plane':
      return node.type === 'string' ? 'central' : { kind: 'ClusterObservabilityPlane', name: 'central' };
    case 'map':
      return { region: 'eu-west-1' };
    case 'json':
      return { any: ['thing'] };
    default:
      return `some-${String(path.at(-1)).toLowerCase()}`;
  }
}
