import { describe, expect, test } from 'vitest';
import { fieldLabel } from '@/lib/plane/schema/field-text';
import { specSections } from './spec-sections';

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
