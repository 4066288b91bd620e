import { describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { installedKind, installedKinds, inventedKind } from '@/testing/plane/installed-kinds';
import { entryField, type FormField, fieldsOfStep, itemField, needsInput } from './form-field';
import { newDraft } from './new-draft';

/** Lists `path kind!` for each field, each group before its children. */
function outline(fields: readonly FormField[]): string[] {
  return fields.flatMap((field) => [
    `${field.path.join('.')} ${field.kind}${field.required ? '!' : ''}`,
    ...outline(field.children ?? []),
  ]);
}

const fields = (kind: InstalledKind, step: 'connection' | 'services', changes: object = {}) =>
  fieldsOfStep(kind, step, { ...newDraft(kind, 'id'), ...changes });

describe('the fields of the connection', () => {
  const kind = installedKind('0.7', 'DataPlane');

  test('are only the CA with an agent, which is enabled implicitly', () => {
    expect(outline(fields(kind, 'connection'))).toEqual(['agent.clientCA credential!']);
    expect(outline(fields(installedKind('1.2', 'DataPlane'), 'connection'))).toEqual([
      'clusterAgent.clientCA credential!',
    ]);
  });

  test('are the address, its CA and the chosen sign-in with direct access', () => {
    expect(outline(fields(kind, 'connection', { connection: 'direct' }))).toEqual([
      'kubernetesCluster group!',
      'kubernetesCluster.server url!',
      'kubernetesCluster.tls.ca credential!',
      'kubernetesCluster.auth.mtls group!',
      'kubernetesCluster.auth.mtls.clientCert credential!',
      'kubernetesCluster.auth.mtls.clientKey credential!',
    ]);
    expect(outline(fields(kind, 'connection', { connection: 'direct', auth: 'bearer-token' })).at(-1)).toBe(
      'kubernetesCluster.auth.bearerToken credential!',
    );
  });
});

test('shows a group of one text as that text and offers an optional group in release 0.7', () => {
  expect(outline(fields(installedKind('0.7', 'DataPlane'), 'services'))).toEqual([
    'gateway group!',
    'gateway.publicVirtualHost host!',
    'gateway.organizationVirtualHost host!',
    'secretStoreRef.name text',
    'imagePullSecretRefs list',
    'observer group',
    'observer.url url!',
    'observer.authentication.basicAuth group!',
    'observer.authentication.basicAuth.username text!',
    'observer.authentication.basicAuth.password credential!',
  ]);
});

test('an optional group needs input once the draft contains it', () => {
  const kind = installedKind('1.2', 'DataPlane');
  const isNeeded = (spec: object) => {
    const draft = { ...newDraft(kind, 'id'), spec: spec as SpecDraft['spec'] };
    return fieldsOfStep(kind, 'services', draft).some((field) => needsInput(field, kind, draft));
  };
  expect(isNeeded({})).toBe(false);
  expect(isNeeded({ gateway: { ingress: { external: { http: {} } } } })).toBe(true);
});

/** Returns the paths of everything in a schema except groups. */
function leaves(node: SchemaNode, path: string): string[] {
  const isSlot = node.properties && 'value' in node.properties;
  if (node.type !== 'object' || node.additionalProperties || isSlot) return [path];
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => leaves(child, `${path}.${name}`));
}

test('has an input for every field of every kind of every profile', () => {
  for (const release of RELEASES) {
    for (const kind of installedKinds(release)) {
      const shown = (['agent', 'direct'] as const).flatMap((connection) =>
        (['mtls', 'bearer-token'] as const).flatMap((auth) =>
          (['connection', 'services'] as const).flatMap((step) =>
            outline(fields(kind, step, { connection, auth })).map((line) => line.split(' ')[0]),
          ),
        ),
      );
      const expected = Object.entries(specSchema(kind).properties ?? {})
        .filter(([name]) => name !== 'planeID')
        .flatMap(([name, node]) => (name === 'observabilityPlaneRef' ? [name] : leaves(node, name)))
        .filter((path) => path !== 'agent.enabled');
      expect(
        expected.filter((path) => !shown.includes(path)),
        `${release} ${kind.entry.kind}`,
      ).toEqual([]);
    }
  }
});

test('knows the texts of every field that a release has', () => {
  const unknown = RELEASES.flatMap((release) =>
    installedKinds(release).flatMap((kind) =>
      (['connection', 'services'] as const).flatMap((step) =>
        [...fields(kind, step), ...fields(kind, step, { connection: 'direct' })]
          .flatMap(function all(field): FormField[] {
            return [field, ...(field.children ?? []).flatMap(all)];
          })
          .filter(({ known }) => !known)
          .map(({ path }) => path.join('.')),
      ),
    ),
  );
  expect(unknown).toEqual([]);
});

describe('unknown fields', () => {
  const kind = inventedKind('DataPlane', {
    type: 'object',
    required: ['level', 'limits'],
    properties: {
      level: { type: 'string', enum: ['low', 'high'], description: 'How much of it.' },
      limits: { type: 'object', properties: { maxPods: { type: 'integer', default: 110 } } },
      feature: { type: 'boolean' },
      extra: { 'x-kubernetes-int-or-string': true },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      brokerURL: { type: 'string' },
      mirrors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['host'],
          properties: { host: { type: 'string' }, password: { type: 'string' } },
        },
      },
      webhook: { type: 'object', properties: { url: { type: 'string' }, apiToken: { type: 'string' } } },
    },
  });
  const found = fields(kind, 'services');
  const byPath = (path: string) => {
    const field = found.find((one) => one.path.join('.') === path);
    if (!field) throw new Error(`There is no field ${path}.`);
    return field;
  };

  test('get an input by their type', () => {
    expect(outline(found).toSorted()).toEqual([
      'brokerURL url',
      'extra json',
      'feature boolean',
      'labels map',
      'level choice!',
      'limits.maxPods number',
      'mirrors list',
      'webhook group',
      'webhook.apiToken credential',
      'webhook.url url',
    ]);
  });

  test('get their texts from their name and the schema', () => {
    expect(byPath('level')).toMatchObject({ label: 'Level', help: 'How much of it.', known: false });
    expect(byPath('limits.maxPods')).toMatchObject({
      label: 'Max pods',
      help: 'Default: 110.',
      placeholder: '110',
    });
  });

  test('get a field for each item of a list and value of a map', () => {
    const item = itemField(byPath('mirrors'), 1);
    expect(item.label).toBe('Mirrors 2');
    expect(outline([item])).toEqual(['mirrors.1 group!', 'mirrors.1.host host!', 'mirrors.1.password text']);
    expect(item.children?.find(({ label }) => label === 'Password')?.secret).toBe(true);
    expect(entryField(byPath('labels'), 'team')).toMatchObject({
      path: ['labels', 'team'],
      label: 'team',
      kind: 'text',
    });
  });
});
