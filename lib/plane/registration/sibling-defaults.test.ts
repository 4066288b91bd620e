import { describe, expect, it } from 'vitest';
import type { PlaneDetail } from '@/lib/api/fleet';
import { MASK } from '@/lib/plane/masking/mask';
import { CERTIFICATE_PEM } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { siblingDefaults } from './sibling-defaults';

const kind = installedKind('1.2', 'DataPlane');

/** A plane with only the fields that are read. */
function detail(spec: unknown, namespace: string | undefined, planeID: string | null = 'prod'): PlaneDetail {
  return { spec, plane: { namespace, planeID } } as unknown as PlaneDetail;
}

describe('siblingDefaults', () => {
  it("copies the planeID, the namespace and the CA's Secret with its namespace", () => {
    const spec = { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt' } } } };
    expect(siblingDefaults(detail(spec, 'acme'), kind)).toEqual({
      namespace: 'acme',
      sibling: {
        planeID: 'prod',
        agentCa: { source: 'existing-secret', text: '', namespace: 'acme', name: 'ca', key: 'ca.crt' },
      },
    });
  });

  it('keeps the namespace of a reference', () => {
    const spec = {
      clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt', namespace: 'certs' } } },
    };
    expect(siblingDefaults(detail(spec, 'acme'), kind).sibling?.agentCa?.namespace).toBe('certs');
  });

  it('copies an inline certificate, which wins over a reference', () => {
    const spec = {
      clusterAgent: { clientCA: { value: CERTIFICATE_PEM, secretKeyRef: { name: 'ca', key: 'k' } } },
    };
    expect(siblingDefaults(detail(spec, 'acme'), kind).sibling?.agentCa).toMatchObject({
      source: 'inline',
      text: CERTIFICATE_PEM,
    });
  });

  it.each([
    ['masked', { clusterAgent: { clientCA: { value: MASK } } }],
    ['empty', { clusterAgent: { clientCA: {} } }],
    ['incomplete', { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca' } } } }],
    ['missing', {}],
    ['no spec', null],
  ])('copies no CA if it is unusable: %s', (_, spec) => {
    expect(siblingDefaults(detail(spec, 'acme'), kind).sibling).toEqual({ planeID: 'prod' });
  });

  it("copies a cluster-wide plane's reference only with its namespace", () => {
    const spec = { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt' } } } };
    expect(siblingDefaults(detail(spec, undefined), kind)).toEqual({ sibling: { planeID: 'prod' } });
  });

  it('sets no sibling for a plane without planeID', () => {
    expect(siblingDefaults(detail({}, 'acme', null), kind)).toEqual({ namespace: 'acme' });
  });
});
