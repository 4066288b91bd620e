import { describe, expect, test } from 'vitest';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { JsonObject } from '@/lib/plane/json/json';
import { MASK } from '@/lib/plane/masking/mask';
import { CERTIFICATE_PEM, NOTHING_KNOWN } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { checkEdit } from './check-edit';
import { specDraftOf } from './spec-draft';
import { slotsWithNewSecret, specPatchOfDraft, withOneSource } from './spec-patch';

const OLD = installedKind('0.7', 'DataPlane');
const NEW = installedKind('1.2', 'DataPlane');
const OLDEST = installedKind('0.3', 'DataPlane');
const GATEWAY = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };
const CA = 'clusterAgent.clientCA';

const DIRECT: JsonObject = {
  gateway: GATEWAY,
  kubernetesCluster: {
    server: 'https://192.0.2.1:6443',
    tls: { ca: { value: CERTIFICATE_PEM } },
    auth: { bearerToken: { value: MASK } },
  },
};

function withCredential(draft: SpecDraft, id: string, changes: object): SpecDraft {
  const before = draft.credentials[id];
  if (!before) throw new Error(`There is no ${id}.`);
  return { ...draft, credentials: { ...draft.credentials, [id]: { ...before, ...changes } } };
}

describe('specDraftOf', () => {
  test('reads a secret as the mask, a certificate as its text and a reference as an existing Secret', () => {
    const draft = specDraftOf(
      {
        ...DIRECT,
        agent: { enabled: false, clientCA: { secretRef: { name: 'ca', namespace: 'vault', key: 'ca.crt' } } },
      },
      OLD,
      'prod',
    );
    expect(draft).toMatchObject({ connection: 'direct', auth: 'bearer-token' });
    expect(draft.credentials).toMatchObject({
      'kubernetesCluster.auth.bearerToken': { source: 'inline', text: MASK },
      'kubernetesCluster.tls.ca': { source: 'inline', text: CERTIFICATE_PEM },
      'agent.clientCA': {
        source: 'existing-secret',
        text: '',
        namespace: 'vault',
        name: 'ca',
        key: 'ca.crt',
      },
    });
    expect(draft.spec).toEqual({
      gateway: GATEWAY,
      kubernetesCluster: { server: 'https://192.0.2.1:6443', tls: {}, auth: {} },
      agent: { enabled: false },
    });
  });

  test('prefers the value when both value and reference are set', () => {
    const both = {
      clusterAgent: { clientCA: { value: CERTIFICATE_PEM, secretKeyRef: { name: 'ca', key: 'k' } } },
    };
    expect(specDraftOf(both, NEW, 'prod').credentials[CA]).toMatchObject({ source: 'inline', name: 'ca' });
    expect(specPatchOfDraft(both, specDraftOf(both, NEW, 'prod'), NEW)).toBeNull();
  });

  test.each([null, 'x', [], {}])('treats a spec of %j as empty', (spec) => {
    expect(specDraftOf(spec, NEW, 'prod').spec).toEqual({});
    expect(specPatchOfDraft(spec, specDraftOf(spec, NEW, 'prod'), NEW)).toBeNull();
  });
});

describe('specPatchOfDraft', () => {
  test('removes the value when switching to a Secret, and the reference when switching back', () => {
    const inline = { clusterAgent: { clientCA: { value: CERTIFICATE_PEM } } };
    const toSecret = withCredential(specDraftOf(inline, NEW, 'prod'), CA, {
      source: 'existing-secret',
      name: 'ca',
      key: 'ca.crt',
    });
    expect(specPatchOfDraft(inline, toSecret, NEW)).toEqual({
      clusterAgent: { clientCA: { value: null, secretKeyRef: { name: 'ca', key: 'ca.crt' } } },
    });
    const referred = { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt' } } } };
    const toValue = withCredential(specDraftOf(referred, NEW, 'prod'), CA, {
      source: 'inline',
      text: CERTIFICATE_PEM,
    });
    expect(specPatchOfDraft(referred, toValue, NEW)).toEqual({
      clusterAgent: { clientCA: { secretKeyRef: null, value: CERTIFICATE_PEM } },
    });
  });

  test('replaces the connection with the newly chosen one', () => {
    const draft = { ...specDraftOf(DIRECT, OLD, 'prod'), connection: 'agent' as const };
    const changed = withCredential(draft, 'agent.clientCA', { source: 'inline', text: CERTIFICATE_PEM });
    expect(specPatchOfDraft(DIRECT, changed, OLD)).toEqual({
      agent: { enabled: true, clientCA: { value: CERTIFICATE_PEM } },
      kubernetesCluster: null,
    });
  });

  test('keeps a stored second connection and merges into it when it is chosen', () => {
    const both = { ...DIRECT, agent: { enabled: true, clientCA: { value: CERTIFICATE_PEM } } };
    const draft = specDraftOf(both, OLD, 'prod');
    expect(draft.connection).toBe('agent');
    const edited = {
      ...draft,
      spec: { ...draft.spec, gateway: { ...GATEWAY, publicVirtualHost: 'c.example.com' } },
    };
    expect(specPatchOfDraft(both, edited, OLD)).toEqual({ gateway: { publicVirtualHost: 'c.example.com' } });
    expect(specPatchOfDraft(both, { ...draft, connection: 'direct' }, OLD)).toEqual({ agent: null });
  });

  test("leaves the oldest release's masked base64 alone and writes a new key as base64", () => {
    const id = 'kubernetesCluster.credentials.clientKey';
    const stored: JsonObject = {
      kubernetesCluster: { name: 'c', credentials: { apiServerURL: 'https://x', clientKey: MASK } },
    };
    const draft = specDraftOf(stored, OLDEST, 'prod');
    const renamed = {
      ...draft,
      spec: { kubernetesCluster: { name: 'd', credentials: { apiServerURL: 'https://x' } } },
    };
    expect(specPatchOfDraft(stored, renamed, OLDEST)).toEqual({ kubernetesCluster: { name: 'd' } });
    const patch = specPatchOfDraft(stored, withCredential(draft, id, { text: 'PEM' }), OLDEST);
    expect(patch).toEqual({ kubernetesCluster: { credentials: { clientKey: btoa('PEM\n') } } });
  });

  test('removes an emptied field and leaves an untouched empty one', () => {
    const stored = {
      gateway: { publicVirtualHost: 'a', organizationVirtualHost: '' },
      secretStoreRef: { name: 'vault' },
    };
    const draft = specDraftOf(stored, OLD, 'prod');
    const emptied = { ...draft, spec: { ...draft.spec, secretStoreRef: { name: '' } } };
    expect(specPatchOfDraft(stored, emptied, OLD)).toEqual({ secretStoreRef: null });
  });

  test('refers to a new Secret and reports that it must be created first', () => {
    const stored = { clusterAgent: { clientCA: { value: CERTIFICATE_PEM } } };
    const changed = withCredential(specDraftOf(stored, NEW, 'prod'), CA, {
      source: 'new-secret',
      text: CERTIFICATE_PEM,
    });
    expect(slotsWithNewSecret(changed, NEW).map(({ id }) => id)).toEqual([CA]);
    expect(slotsWithNewSecret(specDraftOf(stored, NEW, 'prod'), NEW)).toEqual([]);
  });
});

describe('checkEdit', () => {
  const identity = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };

  test('skips a kept secret and downgrades an existing problem to a warning', () => {
    const stored = { ...DIRECT, gateway: { ...GATEWAY, publicVirtualHost: 'no host!' } };
    const draft = specDraftOf(stored, OLD, 'prod');
    const problems = checkEdit(stored, draft, identity, OLD, NOTHING_KNOWN);
    expect(problems.map(({ path, severity }) => [path.join('.'), severity])).toEqual([
      ['spec.gateway.publicVirtualHost', 'warning'],
    ]);
  });

  test('reports an error for a new problem', () => {
    const draft = specDraftOf(DIRECT, OLD, 'prod');
    const wrong = withCredential(
      { ...draft, spec: { ...draft.spec, gateway: { ...GATEWAY, publicVirtualHost: '' } } },
      'kubernetesCluster.auth.bearerToken',
      { text: 'two words' },
    );
    const problems = checkEdit(DIRECT, wrong, identity, OLD, NOTHING_KNOWN);
    expect(problems.map(({ path, severity }) => [path.join('.'), severity])).toEqual([
      ['credentials.kubernetesCluster.auth.bearerToken.text', 'error'],
      ['spec.gateway.publicVirtualHost', 'error'],
    ]);
  });
});

describe('withOneSource', () => {
  const slots = credentialSlots(NEW);
  const inline = { clusterAgent: { clientCA: { value: 'x' } } };
  const referred = { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'k' } } } };
  const both = {
    clusterAgent: { clientCA: { ...inline.clusterAgent.clientCA, ...referred.clusterAgent.clientCA } },
  };

  test.each<[string, JsonObject, JsonObject, JsonObject, number]>([
    [
      'replaces a value with a reference',
      referred,
      inline,
      { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'k' }, value: null } } },
      1,
    ],
    [
      'replaces a reference with a value',
      inline,
      referred,
      { clusterAgent: { clientCA: { value: 'x', secretKeyRef: null } } },
      1,
    ],
    ['keeps a patch with both and adds a note', both, inline, both, 1],
    [
      'changes only the key of a reference',
      { clusterAgent: { clientCA: { secretKeyRef: { key: 'z' } } } },
      referred,
      { clusterAgent: { clientCA: { secretKeyRef: { key: 'z' } } } },
      0,
    ],
    [
      'changes only the value',
      { clusterAgent: { clientCA: { value: 'y' } } },
      inline,
      { clusterAgent: { clientCA: { value: 'y' } } },
      0,
    ],
    [
      'keeps a patch that switches already',
      { clusterAgent: { clientCA: { value: null, secretKeyRef: { name: 'ca', key: 'k' } } } },
      inline,
      { clusterAgent: { clientCA: { value: null, secretKeyRef: { name: 'ca', key: 'k' } } } },
      0,
    ],
    ['keeps the removal of an agent', { clusterAgent: null }, inline, { clusterAgent: null }, 0],
  ])('%s', (_, patch, stored, completed, notes) => {
    const result = withOneSource(patch, stored, slots);
    expect(result.patch).toEqual(completed);
    expect(result.notes).toHaveLength(notes);
  });
});
