import { recogniseMaterial } from '@/lib/plane/credentials/recognise-material';
import { isJsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { planeIdOrigin } from '@/lib/plane/model/plane-id';
import { fieldPathLabel } from '@/lib/plane/schema/field-text';

/** One value of a spec, ready for display. */
export type SpecValue =
  | { readonly type: 'text'; readonly text: string }
  /** A secret that never left the server. */
  | { readonly type: 'masked' }
  /** A key of a Kubernetes Secret: a reference, not its content. */
  | { readonly type: 'secret-key'; readonly secret: string; readonly key: string }
  /** Certificates in the resource itself, which are public and long. */
  | { readonly type: 'certificates'; readonly count: number }
  | { readonly type: 'plane'; readonly kind: string; readonly name: string }
  /** A value that the spec doesn't set, and where it comes from instead. */
  | { readonly type: 'default'; readonly text: string; readonly origin: string }
  | { readonly type: 'empty' };

export interface SpecFact {
  /** The field's label, as in the form, without what the section's title says. */
  readonly label: string;
  readonly path: string;
  readonly value: SpecValue;
  /** Whether the value is the schema's default. */
  readonly isDefault?: boolean;
}

export interface SpecSection {
  readonly title: string;
  readonly facts: readonly SpecFact[];
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g;

/** The base64 of "-----BEGIN ", which starts PEM in the oldest release. */
const BASE64_OF_PEM = /^\s*LS0tLS1CRUdJTi/;

/** Counts the certificates in a text, which may be PEM or base64 of PEM. */
function certificatesIn(text: string): number {
  if (!BASE64_OF_PEM.test(text)) return text.match(CERTIFICATE)?.length ?? 0;
  const material = recogniseMaterial(text);
  return material.form === 'base64-pem' ? material.count : 0;
}

class Reader {
  private readonly masked: ReadonlySet<string>;

  constructor(
    masked: readonly JsonPath[],
    private readonly namespace: string | undefined,
  ) {
    this.masked = new Set(masked.map((path) => path.join('\u0000')));
  }

  /** @param labelled the part of the path within the spec that the label is made of */
  read(value: unknown, path: JsonPath, labelled: JsonPath): SpecFact[] {
    const whole = this.wholeValue(value, path);
    if (whole) {
      const label = fieldPathLabel(labelled, 1) || 'Value';
      return [{ label, path: path.slice(1).join('.'), value: whole }];
    }
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => this.read(item, [...path, index], [...labelled, index]));
    }
    return Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, child]) => {
      // "Agent CA / Secret key ref" says no more than its first half; so does "/ Value".
      const addsNothing = isSecretReference(name, child) || (name === 'value' && labelled.length > 1);
      return this.read(child, [...path, name], addsNothing ? labelled : [...labelled, name]);
    });
  }

  /** Returns a value shown as one fact: a leaf, or an object that represents one thing. */
  private wholeValue(value: unknown, path: JsonPath): SpecValue | null {
    if (this.masked.has(path.join('\u0000'))) return { type: 'masked' };
    if (typeof value === 'string') {
      const count = certificatesIn(value);
      if (count > 0) return { type: 'certificates', count };
      return value === '' ? { type: 'empty' } : { type: 'text', text: value };
    }
    if (typeof value === 'boolean') return { type: 'text', text: value ? 'Yes' : 'No' };
    if (value === null || value === undefined) return { type: 'empty' };
    if (typeof value !== 'object') return { type: 'text', text: String(value) };
    if (Array.isArray(value)) {
      if (value.length === 0) return { type: 'empty' };
      return value.every((item) => typeof item === 'string') && !this.holdsMasked(value, path)
        ? { type: 'text', text: value.join(', ') }
        : null;
    }
    return this.reference(value as Record<string, unknown>, path);
  }

  private holdsMasked(items: readonly unknown[], path: JsonPath): boolean {
    return items.some((_, index) => this.masked.has([...path, index].join('\u0000')));
  }

  private reference(value: Record<string, unknown>, path: JsonPath): SpecValue | null {
    const { name, key, kind, namespace } = value;
    const keys = Object.keys(value);
    if (keys.length === 0) return { type: 'empty' };
    if (typeof name !== 'string') return null;
    const last = path.at(-1);
    if (typeof key === 'string' && typeof last === 'string' && isSecretReference(last, value)) {
      const where = typeof namespace === 'string' ? namespace : this.namespace;
      return { type: 'secret-key', secret: where ? `${where}/${name}` : name, key };
    }
    if (typeof kind === 'string' && keys.length === 2 && kindOfName(kind))
      return { type: 'plane', kind, name };
    return keys.length === 1 ? { type: 'text', text: name } : null;
  }
}

function isSecretReference(name: string, value: unknown): boolean {
  return (name === 'secretRef' || name === 'secretKeyRef') && isJsonObject(value) && 'key' in value;
}

/**
 * Describes a spec in sections, one for each top-level field. Simple top-level fields share a first section,
 * "General". Works for any spec: an unknown field's label is derived from its name.
 *
 * @param spec the spec from the server, secrets masked
 * @param masked the paths of masked values, starting with `spec`
 * @param namespace the plane's namespace, which is the default for its Secrets
 * @param plane the plane of a stored spec; its planeID is shown even if it comes from the name
 * @param defaults the paths of values that are the schema's defaults, starting with `spec`
 */
export function specSections(
  spec: unknown,
  masked: readonly JsonPath[],
  namespace: string | undefined,
  plane?: Pick<Plane, 'planeID'>,
  defaults: readonly JsonPath[] = [],
): SpecSection[] {
  if (!isJsonObject(spec)) return [];
  const defaultPaths = new Set(defaults.map((path) => path.slice(1).join('.')));
  const planeID = plane && planeIdOrigin(plane, spec) === 'name' ? plane.planeID : null;
  const reader = new Reader(masked, namespace);
  const general: SpecFact[] =
    planeID === null
      ? []
      : [
          {
            label: fieldPathLabel(['planeID']),
            path: 'planeID',
            value: { type: 'default', text: planeID, origin: "the plane's name, because it isn't set" },
          },
        ];
  const sections: SpecSection[] = [];
  for (const [name, value] of Object.entries(spec)) {
    if (name === 'planeID' && planeID !== null) continue;
    const facts = reader
      .read(value, ['spec', name], [name])
      .map((fact) => (defaultPaths.has(fact.path) ? { ...fact, isDefault: true } : fact));
    const single = facts.length === 1 && facts[0]?.path === name ? facts[0] : undefined;
    if (single) general.push({ ...single, label: fieldPathLabel([name]) });
    else if (facts.length > 0) sections.push({ title: fieldPathLabel([name]), facts });
  }
  return general.length > 0 ? [{ title: 'General', facts: general }, ...sections] : sections;
}
