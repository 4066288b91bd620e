import { describe, expect, test } from 'vitest';
import { kindOfName } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { fieldLabel } from '@/lib/plane/schema/field-text';
import { CURRENT } from '@/testing/plane/diagnosis-fixture';
import { specSections } from './spec-sections';

const METADATA = {
  name: 'prod',
  namespace: 'acme',
  uid: 'uid-1',
  resourceVersion: '1',
  generation: 1,
  creationTimestamp: '2026-03-01T00:00:00Z',
};

const one = (spec: unknown, masked: (string | number)[][] = []) =>
  specSections(spec, masked, 'acme')[0]?.facts;

describe('fieldLabel', () => {
  test.each([
    ['planeID', 'Plane ID'],
    ['observerURL', 'Observer URL'],
    ['organizationVirtualHost', 'Organization virtual host'],
    ['neverHeardOfURL', 'Never heard of URL'],
    ['dns-zone', 'DNS zone'],
    ['toString', 'To string'],
  ])('turns %s into "%s"', (name, words) => {
    expect(fieldLabel(name)).toBe(words);
  });
});

describe('specSections', () => {
  test.each([
    ['absent', {}],
    ['empty', { planeID: '' }],
  ])("shows the name as planeID when it's %s, as the gateway does", (_, spec) => {
    const entry = kindOfName('DataPlane');
    if (!entry) throw new Error('No such kind.');
    const plane = parsePlane(entry, { metadata: METADATA, spec }, CURRENT);
    expect(specSections(spec, [], 'acme', plane)[0]?.facts).toEqual([
      {
        label: 'Plane ID',
        path: 'planeID',
        value: {
          type: 'default',
          text: plane.planeID,
          origin: "the plane's name, because it isn't set",
        },
      },
    ]);
    expect(plane.planeID).toBe('prod');
  });

  test('shows the planeID that is set, and none for a release without planeIDs', () => {
    const text = [{ label: 'Plane ID', path: 'planeID', value: { type: 'text', text: 'tokyo' } }];
    expect(specSections({ planeID: 'tokyo' }, [], 'acme', { planeID: 'tokyo' })[0]?.facts).toEqual(text);
    expect(specSections({}, [], 'acme', { planeID: null })).toEqual([]);
  });

  test("shows a Secret's key as one fact, in the plane's own namespace unless it names another", () => {
    const clientCA = { secretKeyRef: { name: 'ca', key: 'ca.crt' } };
    expect(one({ clusterAgent: { clientCA } })).toEqual([
      {
        label: 'Agent CA',
        path: 'clusterAgent.clientCA.secretKeyRef',
        value: { type: 'secret-key', secret: 'acme/ca', key: 'ca.crt' },
      },
    ]);
  });

  test('never shows a masked value at any depth', () => {
    const facts = one({ tokens: ['mask', 'b'] }, [['spec', 'tokens', 0]]);
    expect(facts?.map((fact) => fact.value.type)).toEqual(['masked', 'text']);
  });

  test('links a reference to a plane', () => {
    expect(
      one({ observabilityPlaneRef: { kind: 'ClusterObservabilityPlane', name: 'default' } })?.[0]?.value,
    ).toEqual({
      type: 'plane',
      kind: 'ClusterObservabilityPlane',
      name: 'default',
    });
  });

  test('counts certificates instead of printing them', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(one({ agent: { clientCA: { value: pem + pem } } })?.[0]?.value).toEqual({
      type: 'certificates',
      count: 2,
    });
    const caCert = Buffer.from(pem).toString('base64');
    expect(one({ kubernetesCluster: { credentials: { caCert } } })?.[0]?.value).toEqual({
      type: 'certificates',
      count: 1,
    });
  });

  test('shows unknown fields', () => {
    expect(specSections({ brandNew: { someThing: 3, on: true } }, [], undefined)).toEqual([
      {
        title: 'Brand new',
        facts: [
          { label: 'Some thing', path: 'brandNew.someThing', value: { type: 'text', text: '3' } },
          { label: 'On', path: 'brandNew.on', value: { type: 'text', text: 'Yes' } },
        ],
      },
    ]);
  });

  test.each([null, undefined, 'text', []])('returns nothing for %j', (spec) => {
    expect(specSections(spec, [], undefined)).toEqual([]);
  });
});
