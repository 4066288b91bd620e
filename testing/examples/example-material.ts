import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';

/** The placeholders for the sample values of published examples, such as `LS0tLS1CRUdJTi...`. */
const PLACEHOLDERS = ['ca', 'client-certificate', 'client-key'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** Real PEM material for each placeholder. The key belongs to the certificate. */
export type ExampleMaterial = Readonly<Record<Placeholder, string>>;

/** Long enough that nothing warns about the expiry. */
const DAYS = 400;

export async function createExampleMaterial(): Promise<ExampleMaterial> {
  const authority = await CertificateAuthority.create('seed-ca', { days: DAYS });
  const client = await authority.client('planeboard', [], { days: DAYS });
  return {
    ca: authority.certPem.trim(),
    'client-certificate': client.certPem.trim(),
    'client-key': client.keyPem.trim(),
  };
}

/** Replaces the placeholders in a spec. */
export function withMaterial(spec: JsonObject, material: ExampleMaterial): JsonObject {
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, replaced(value, material)]));
}

function replaced(value: Json, material: ExampleMaterial): Json {
  if (isJsonObject(value)) return withMaterial(value, material);
  if (Array.isArray(value)) return value.map((item) => replaced(item, material));
  const found = typeof value === 'string' ? /^<(pem|base64):(.+)>$/.exec(value) : null;
  if (!found) return value;
  const pem = material[placeholderOf(found[2] ?? '')];
  return found[1] === 'pem' ? pem : Buffer.from(pem).toString('base64');
}

function placeholderOf(name: string): Placeholder {
  const placeholder = PLACEHOLDERS.find((candidate) => candidate === name);
  if (!placeholder) throw new Error(`No material is named ${name}.`);
  return placeholder;
}
