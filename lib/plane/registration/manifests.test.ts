import { describe, expect, test } from 'vitest';
import type { Credential } from '@/lib/plane/credentials/credential';
import { CERTIFICATE_PEM, DRAFT_ID, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import type { Draft } from './draft';
import { manifestsOf } from './manifests';
import { maskedManifests, placeholderManifests } from './masked-manifests';
import { newDraft } from './new-draft';

const clusterKind = installedKind('1.2', 'ClusterDataPlane');
const directKind = installedKind('0.7', 'DataPlane');
const oldestKind = installedKind('0.3', 'DataPlane');

function withTexts(draft: Draft, credentials: Record<string, Partial<Credential>>): Draft {
  const changed = Object.entries(credentials).map(([id, changes]) => {
    const before = draft.credentials[id];
    if (!before) throw new Error(`The draft has no credential ${id}.`);
    return [id, { ...before, ...changes }];
  });
  return { ...draft, credentials: { ...draft.credentials, ...Object.fromEntries(changed) } };
}

const direct = withTexts(
  {
    ...newDraft(directKind, DRAFT_ID, { namespace: 'acme' }),
    name: 'prod',
    connection: 'direct',
    spec: { kubernetesCluster: { server: 'https://k8s.example.com' }, observer: {} },
  },
  {
    'kubernetesCluster.tls.ca': { name: 'prod-access', text: CERTIFICATE_PEM },
    'kubernetesCluster.auth.mtls.clientCert': { name: 'prod-access', text: CERTIFICATE_PEM },
    'kubernetesCluster.auth.mtls.clientKey': { name: 'prod-access', text: PRIVATE_KEY_PEM },
    'observer.authentication.basicAuth.password': { text: 'canary-password' },
  },
);

describe('manifestsOf', () => {
  test('gives the plane the labels of the draft, and none if there are none', () => {
    const draft = { ...newDraft(clusterKind, DRAFT_ID), name: 'shared', labels: { region: 'eu' } };
    expect(manifestsOf(draft, clusterKind).plane.metadata.labels).toEqual({ region: 'eu' });
    expect(manifestsOf({ ...draft, labels: {} }, clusterKind).plane.metadata).not.toHaveProperty('labels');
  });

  test("returns a cluster-wide plane and its Secret in the control plane's namespace, annotated with user and plane", () => {
    const draft = withTexts(
      {
        ...newDraft(clusterKind, DRAFT_ID),
        name: 'shared',
        displayName: ' Shared ',
        spec: { planeID: 'shared-cluster' },
      },
      { 'clusterAgent.clientCA': { name: 'shared-agent-ca', text: CERTIFICATE_PEM } },
    );
    expect(manifestsOf(draft, clusterKind, { user: 'ada' })).toEqual({
      secrets: [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name: 'shared-agent-ca',
            namespace: 'openchoreo-control-plane',
            labels: { 'app.kubernetes.io/managed-by': 'planeboard' },
            annotations: {
              'planeboard.openchoreo.dev/registration': DRAFT_ID,
              'planeboard.openchoreo.dev/plane': 'clusterdataplanes/shared',
              'planeboard.openchoreo.dev/registered-by': 'ada',
            },
          },
          type: 'Opaque',
          stringData: { 'ca.crt': CERTIFICATE_PEM },
        },
      ],
      plane: {
        apiVersion: 'openchoreo.dev/v1alpha1',
        kind: 'ClusterDataPlane',
        metadata: {
          name: 'shared',
          annotations: {
            'openchoreo.dev/display-name': 'Shared',
            'planeboard.openchoreo.dev/registration': DRAFT_ID,
            'planeboard.openchoreo.dev/registered-by': 'ada',
          },
        },
        spec: {
          planeID: 'shared-cluster',
          clusterAgent: {
            clientCA: {
              secretKeyRef: {
                name: 'shared-agent-ca',
                namespace: 'openchoreo-control-plane',
                key: 'ca.crt',
              },
            },
          },
        },
      },
      materials: [
        {
          slotId: 'clusterAgent.clientCA',
          purpose: 'agent-ca',
          object: 0,
          path: ['stringData', 'ca.crt'],
        },
      ],
    });
  });

  test("puts credentials with the same new Secret into one object in the plane's own namespace", () => {
    const { secrets, plane } = manifestsOf(direct, directKind);
    expect(secrets.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'acme/prod-access',
    ]);
    expect(secrets[0]?.stringData).toEqual({
      'ca.crt': CERTIFICATE_PEM,
      'tls.crt': CERTIFICATE_PEM,
      'tls.key': PRIVATE_KEY_PEM,
    });
    expect(secrets[0]?.metadata.annotations).toMatchObject({
      'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod',
    });
    expect(plane.metadata).toEqual({
      name: 'prod',
      namespace: 'acme',
      annotations: { 'planeboard.openchoreo.dev/registration': DRAFT_ID },
    });
  });

  test('refers to an existing Secret and never creates it', () => {
    const draft = withTexts(newDraft(clusterKind, DRAFT_ID), {
      'clusterAgent.clientCA': { source: 'existing-secret', name: 'ca', text: CERTIFICATE_PEM },
    });
    expect(manifestsOf(draft, clusterKind).secrets).toEqual([]);
  });
});

describe('manifests for display', () => {
  const oldest = withTexts(
    { ...newDraft(oldestKind, DRAFT_ID, { namespace: 'acme' }), name: 'prod', spec: { observer: {} } },
    {
      'kubernetesCluster.credentials.caCert': { text: CERTIFICATE_PEM },
      'kubernetesCluster.credentials.clientCert': { text: CERTIFICATE_PEM },
      'kubernetesCluster.credentials.clientKey': { text: PRIVATE_KEY_PEM },
      'observer.authentication.basicAuth.password': { text: 'canary-password' },
    },
  );

  test('show certificates and mask keys and passwords', () => {
    const [secret, plane] = maskedManifests(manifestsOf(direct, directKind));
    expect(secret?.stringData).toEqual({
      'ca.crt': CERTIFICATE_PEM,
      'tls.crt': CERTIFICATE_PEM,
      'tls.key': '<hidden by Planeboard>',
    });
    expect(plane?.spec).toMatchObject({
      observer: { authentication: { basicAuth: { password: '<hidden by Planeboard>' } } },
    });
  });

  test('have a descriptive placeholder for each secret in git', () => {
    const [secret] = placeholderManifests(manifestsOf(direct, directKind));
    expect(secret?.stringData).toMatchObject({ 'tls.key': '<client private key, PEM>' });
    const [plane] = placeholderManifests(manifestsOf(oldest, oldestKind));
    expect(plane?.spec).toMatchObject({
      kubernetesCluster: { credentials: { clientKey: '<client private key, base64 of PEM>' } },
      observer: { authentication: { basicAuth: { password: '<password>' } } },
    });
  });

  test("mask a private key in a certificate's place", () => {
    const mistaken = withTexts(direct, {
      'kubernetesCluster.tls.ca': { source: 'inline', text: `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}` },
    });
    const shown = JSON.stringify([
      ...maskedManifests(manifestsOf(mistaken, directKind)),
      ...placeholderManifests(manifestsOf(mistaken, directKind)),
    ]);
    expect(shown).not.toContain('canaryprivatekey');
    expect(shown).not.toContain('canary-password');
  });
});
