import { expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import { CREDENTIAL_SOURCES, DIRECT_AUTHS } from '@/lib/plane/credentials/credential';
import { activeSlots, credentialSlots, isPresent } from '@/lib/plane/credentials/credential-slots';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { specOf } from '@/lib/plane/registration/spec-of-draft';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM, seededRandom } from '@/testing/plane/draft-fixture';
import { installedKinds, inventedKind } from '@/testing/plane/installed-kinds';

const DRAFTS_PER_KIND = 150;

/** Groups, lists of objects, maps, enums and free-form values side by side, as no release ever had. */
const INVENTED = inventedKind('ClusterDataPlane', {
  type: 'object',
  required: ['planeID', 'clusterAgent', 'limits'],
  properties: {
    planeID: { type: 'string', maxLength: 63 },
    clusterAgent: {
      type: 'object',
      required: ['clientCA'],
      properties: {
        clientCA: {
          type: 'object',
          properties: {
            value: { type: 'string' },
            secretKeyRef: {
              type: 'object',
              required: ['name', 'key'],
              properties: {
                name: { type: 'string' },
                namespace: { type: 'string' },
                key: { type: 'string' },
              },
            },
          },
        },
        heartbeatSeconds: { type: 'integer', minimum: 5, maximum: 300 },
      },
    },
    limits: {
      type: 'object',
      properties: { cpu: { 'x-kubernetes-int-or-string': true }, burst: { type: 'number' } },
    },
    webhook: {
      type: 'object',
      required: ['url'],
      properties: { url: { type: 'string' }, apiToken: { type: 'string' }, retry: { type: 'boolean' } },
    },
    mirrors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['host'],
        properties: {
          host: { type: 'string' },
          password: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    nodeLabels: { type: 'object', additionalProperties: { type: 'string' } },
    quotas: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { pods: { type: 'integer' } } },
    },
    mode: { type: 'string', enum: ['strict', 'loose'] },
    ephemeral: { type: 'object' },
    extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
});

class RandomDraft {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  of(kind: InstalledKind): Draft {
    const draft = newDraft(kind, 'id', { namespace: 'acme' });
    draft.name = 'prod';
    draft.connection = this.pick(['agent', 'direct'] as const);
    draft.auth = this.pick(DIRECT_AUTHS);
    draft.spec = this.object(specSchema(kind), 0);
    for (const slot of credentialSlots(kind)) {
      draft.credentials[slot.id] = {
        source: slot.form === 'value-from' ? this.pick(CREDENTIAL_SOURCES) : 'inline',
        text: this.pick(['', CERTIFICATE_PEM, PRIVATE_KEY_PEM, 'a-token']),
        namespace: this.pick(['', 'vault']),
        name: this.pick(['', 'a-secret']),
        key: 'ca.crt',
      };
    }
    return draft;
  }

  private pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.random() * choices.length)] ?? choices[0];
  }

  private object(node: SchemaNode, depth: number): JsonObject {
    const object: JsonObject = {};
    for (const [name, child] of Object.entries(node.properties ?? {})) {
      if (this.random() < 0.7) object[name] = this.value(child, depth + 1);
    }
    if (this.random() < 0.1) object.unheardOf = 'x';
    return object;
  }

  private value(node: SchemaNode, depth: number): Json {
    if (this.random() < 0.1) return this.pick<Json>(['', [], {}, null, ' ']);
    switch (node.type) {
      case 'object':
        return node.additionalProperties
          ? { a: this.value(node.additionalProperties, depth), b: '' }
          : this.object(node, depth);
      case 'array':
        return this.list(node.items ?? { type: 'any' }, depth);
      case 'boolean':
        return this.random() < 0.5;
      case 'integer':
      case 'number':
        return this.pick<Json>([7, '7', 'seven', '']);
      case 'any':
        return this.pick<Json>([1, 'a', { b: [true] }, '']);
      case 'string':
        return this.pick<Json>([node.enum?.[0] ?? 'text', ' text ', '']);
    }
  }

  private list(item: SchemaNode, depth: number): Json[] {
    return Array.from({ length: Math.floor(this.random() * 3) }, () => this.value(item, depth));
  }
}

/** Returns the paths of values that must never be written. */
function faults(node: SchemaNode, value: Json, path: string): string[] {
  if (node.type === 'any') return [];
  if (value === null) return [`${path} is null`];
  if (typeof value === 'string') return value.trim() === '' ? [`${path} is blank`] : [];
  if (typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    const item = node.items;
    if (node.type !== 'array' || !item) return [`${path} is a list`];
    if (value.length === 0) return [`${path} is an empty list`];
    return value.flatMap((one, index) => faults(item, one, `${path}[${index}]`));
  }
  if ('value' in value && ('secretRef' in value || 'secretKeyRef' in value)) {
    return [`${path} has a value and a reference`];
  }
  return Object.entries(value).flatMap(([name, child]) => {
    const childPath = `${path}.${name}`;
    // A label's value may be empty.
    if (node.additionalProperties)
      return child === '' ? [] : faults(node.additionalProperties, child, childPath);
    const known = childNode(node, name);
    return known ? faults(known, child, childPath) : [`${childPath} is no field of the schema`];
  });
}

const KINDS = [
  ...RELEASES.flatMap((release) =>
    installedKinds(release).map((kind) => [`${release} ${kind.entry.kind}`, kind] as const),
  ),
  ['an invented ClusterDataPlane', INVENTED] as const,
];

test.each(KINDS)('%s: the spec of any draft has only schema fields, all filled in', (_, kind) => {
  for (let seed = 0; seed < DRAFTS_PER_KIND; seed += 1) {
    const draft = new RandomDraft(seed).of(kind);
    const before = structuredClone(draft);
    const spec = specOf(draft, kind);
    expect(faults(specSchema(kind), spec, 'spec'), `seed ${seed}`).toEqual([]);
    expect(draft, `seed ${seed}: the draft itself is not changed`).toEqual(before);
    for (const slot of activeSlots(kind, draft)) {
      if (!slot.required || slot.refField === null || draft.credentials[slot.id]?.source === 'inline')
        continue;
      expect(valueAt(spec, slot.path), `seed ${seed}: ${slot.id}`).toHaveProperty(slot.refField);
    }
    for (const part of ['agent', 'kubernetesCluster']) {
      const expected = childNode(specSchema(kind), part) !== undefined && isPresent(kind, draft, [part]);
      expect(part in spec, `seed ${seed}: ${part}`).toBe(expected);
    }
  }
});
