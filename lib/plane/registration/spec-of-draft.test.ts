import { describe, expect, test } from 'vitest';
import { toBase64 } from '@/lib/base64';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { unparsed } from '@/lib/plane/schema/unparsed';
import { PUBLISHED_EXAMPLES } from '@/testing/examples/published-examples';
import { CERTIFICATE_PEM, draftOfSpec, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind, inventedKind } from '@/testing/plane/installed-kinds';
import type { Draft } from './draft';
import { newDraft } from './new-draft';
import { specOf } from './spec-of-draft';

/** Replaces `<pem:ca>` and `<base64:ca>` in a published example with such material. */
function withMaterial(value: Json): Json {
  if (typeof value === 'string') {
    const [, form, what] = /^<(pem|base64):([a-z-]+)>$/.exec(value) ?? [];
    if (form === undefined) return value;
    const pem = what === 'client-key' ? PRIVATE_KEY_PEM : CERTIFICATE_PEM;
    return form === 'pem' ? pem : toBase64(pem);
  }
  if (Array.isArray(value)) return value.map(withMaterial);
  return typeof value === 'object' && value !== null ? withMaterials(value) : value;
}

function withMaterials(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, withMaterial(value)]));
}

test.each(PUBLISHED_EXAMPLES)(
  '$reference: $title round-trips through its draft field by field',
  (example) => {
    const kind = installedKind(example.release, example.kind);
    const spec = withMaterials(example.spec);
    expect(specOf(draftOfSpec(kind, { ...example, spec }), kind)).toEqual(spec);
  },
);

const dataPlane = installedKind('1.2', 'DataPlane');
const oldDataPlane = installedKind('0.7', 'DataPlane');

function withCredential(draft: Draft, slotId: string, changes: Partial<Credential>): Draft {
  const before = draft.credentials[slotId];
  if (!before) throw new Error(`The draft has no credential ${slotId}.`);
  return { ...draft, credentials: { ...draft.credentials, [slotId]: { ...before, ...changes } } };
}

describe('credentials', () => {
  const draft = { ...newDraft(dataPlane, 'id', { namespace: 'acme' }), name: 'prod' };
  const clientCa = (changes: Partial<Credential>) =>
    specOf(withCredential(draft, 'clusterAgent.clientCA', changes), dataPlane).clusterAgent;

  test("refers to a new Secret in the plane's namespace without naming the namespace", () => {
    expect(clientCa({ name: 'prod-agent-ca', text: CERTIFICATE_PEM })).toEqual({
      clientCA: { secretKeyRef: { name: 'prod-agent-ca', key: 'ca.crt' } },
    });
  });

  test('names the namespace of a Secret elsewhere', () => {
    expect(clientCa({ source: 'existing-secret', namespace: 'vault', name: 'ca' })).toEqual({
      clientCA: { secretKeyRef: { name: 'ca', namespace: 'vault', key: 'ca.crt' } },
    });
  });

  test('never writes an inline value beside a reference', () => {
    expect(clientCa({ source: 'inline', name: 'ca', text: CERTIFICATE_PEM })).toEqual({
      clientCA: { value: CERTIFICATE_PEM },
    });
  });

  test('decodes base64 of PEM to the PEM that the API expects', () => {
    expect(clientCa({ source: 'inline', text: toBase64(CERTIFICATE_PEM) })).toEqual({
      clientCA: { value: CERTIFICATE_PEM },
    });
  });

  test('writes base64 of PEM for the oldest release, whether PEM or base64 was pasted', () => {
    const kind = installedKind('0.3', 'BuildPlane');
    for (const text of [
      PRIVATE_KEY_PEM,
      toBase64(PRIVATE_KEY_PEM),
      PRIVATE_KEY_PEM.replaceAll('\n', '\r\n'),
    ]) {
      const old = withCredential(newDraft(kind, 'id'), 'kubernetesCluster.credentials.clientKey', { text });
      expect(specOf(old, kind)).toEqual({
        kubernetesCluster: { credentials: { clientKey: toBase64(PRIVATE_KEY_PEM) } },
      });
    }
  });
});

describe('omits', () => {
  const spec = (given: JsonObject, kind = oldDataPlane) =>
    specOf({ ...newDraft(kind, 'id'), spec: given }, kind);

  test('empty texts, empty lists, blank rows and empty groups', () => {
    const given = {
      gateway: { publicVirtualHost: 'api.example.com', organizationVirtualHost: '' },
      secretStoreRef: { name: '' },
      imagePullSecretRefs: ['', ' '],
      observer: { url: '' },
    };
    const { agent: _agent, ...others } = spec(given);
    expect(others).toEqual({ gateway: { publicVirtualHost: 'api.example.com' } });
  });

  test('an empty planeID, which the API rejects', () => {
    expect(spec({ planeID: '' }, dataPlane)).not.toHaveProperty('planeID');
    expect(spec({ planeID: ' prod ' }, dataPlane)).toMatchObject({ planeID: 'prod' });
  });

  test("the connection that isn't chosen, although the draft keeps its input", () => {
    const given = { kubernetesCluster: { server: 'https://k8s.example.com' } };
    expect(spec(given)).toMatchObject({ agent: { enabled: true } });
    expect(spec(given)).not.toHaveProperty('kubernetesCluster');
    const direct = specOf(
      { ...newDraft(oldDataPlane, 'id'), connection: 'direct', spec: given },
      oldDataPlane,
    );
    expect(direct).toMatchObject(given);
    expect(direct).not.toHaveProperty('agent');
  });

  test("fields that the schema lacks and texts that don't parse", () => {
    const kind = inventedKind('DataPlane', {
      type: 'object',
      properties: { anything: { 'x-kubernetes-preserve-unknown-fields': true, type: 'object' } },
    });
    expect(spec({ unheardOf: 'x', anything: unparsed('{') }, kind)).toEqual({});
    expect(spec({ anything: { a: [1, { b: '' }] } }, kind)).toEqual({ anything: { a: [1, { b: '' }] } });
  });
});

test('writes typed numbers as numbers and other text as typed', () => {
  const kind = installedKind('0.16', 'DataPlane');
  const written = specOf(
    { ...newDraft(kind, 'id'), spec: { gateway: { publicHTTPPort: ' 8080 ', publicHTTPSPort: '80a' } } },
    kind,
  );
  expect(written.gateway).toEqual({ publicHTTPPort: 8080, publicHTTPSPort: '80a' });
});
