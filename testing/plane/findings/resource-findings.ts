import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { direct, type FindingRow, frozen, gatewayDown, withoutAgent } from './sample-planes';

const reported = aPlane({
  connection: 'direct',
  reportsAgent: false,
  planeID: null,
  conditions: [
    { type: 'Ready', status: 'True' },
    { type: 'Connected', status: 'True' },
  ],
});

/** The situations for findings about the resource itself. */
export const RESOURCE_ROWS: readonly FindingRow[] = [
  {
    code: 'no-contact',
    when: 'the API server is silent',
    situation: { facts: { contactAtMs: Date.parse(ago(2 * MINUTE_MS)) } },
    severity: 'error',
    known: 'No data from the API server for 2 min. This plane may have changed since.',
    says: ["This page shows the plane's last known state."],
    command: 'kubectl --context cp get --raw /readyz',
  },
  {
    code: 'no-contact',
    when: "Planeboard's own server is silent, so the API server's state is unknown",
    situation: { facts: { contactAtMs: Date.parse(ago(2 * MINUTE_MS)), serverSilent: true } },
    severity: 'error',
    known: "Planeboard's server isn't responding. Last updated 2 min ago.",
    says: ["Whether the API server responds to it isn't known."],
  },
  {
    code: 'no-contact',
    when: 'a permission to watch the plane is missing',
    situation: { facts: { contactAtMs: Date.parse(ago(0)), forbidden: true } },
    severity: 'error',
    known:
      'The permission to list and watch dataplanes is missing. This plane may have changed since it was last read.',
    says: ["This page shows the plane's last known state."],
    command: 'kubectl --context cp auth can-i watch dataplanes.openchoreo.dev --all-namespaces',
  },
  {
    code: 'unreadable',
    when: "the status doesn't match its schema",
    situation: {
      plane: aPlane({
        unreadable: ['Invalid field status.observedGeneration: expected a number, found text.'],
      }),
    },
    severity: 'error',
    known: 'Invalid field status.observedGeneration: expected a number, found text.',
    command: 'kubectl --context cp edit dataplanes.openchoreo.dev prod -n acme --subresource=status',
  },
  {
    code: 'schema-unknown',
    when: "the schema can't be read, and no agent is reported",
    situation: { plane: { ...withoutAgent, reportsAgent: false, schemaUnknown: true }, features: null },
    severity: 'error',
    known:
      "This release's schema couldn't be read, so it isn't known whether the release reports agents. This plane has no agent report.",
    command: 'kubectl --context cp get --raw /openapi/v3/apis/openchoreo.dev/v1alpha1 | head -c 200',
  },
  {
    code: 'kind-unreconciled',
    when: 'the plane is a build plane in a release with workflow planes',
    situation: {
      plane: aPlane({ kind: 'BuildPlane', plural: 'buildplanes', agent: frozen }),
      facts: { unreconciled: true },
    },
    severity: 'error',
    known:
      'The API server still serves buildplanes, but workflow planes replace them in this release, and no controller reconciles them.',
    says: ['its deletion will hang'],
    command:
      "kubectl --context cp get buildplanes.openchoreo.dev prod -n acme -o jsonpath='{.metadata.finalizers}'",
  },
  {
    code: 'deletion-blocked',
    when: 'Environments refer to the plane',
    situation: {
      plane: aPlane({
        deletingSince: ago(10 * SECOND_MS),
        conditions: [
          {
            type: 'Finalizing',
            status: 'False',
            reason: 'DeletionBlocked',
            message: 'Deletion blocked: dataplane is still referenced by 2 environment(s)',
          },
        ],
      }),
      related: relatedResourcesWith({
        referrers: [
          { kind: 'Environment', namespace: 'acme', name: 'dev', via: 'explicit' },
          { kind: 'Environment', namespace: 'acme', name: 'qa', via: 'explicit' },
          { kind: 'Workflow', namespace: 'acme', name: 'build', via: 'default' },
        ],
      }),
    },
    severity: 'warning',
    known:
      'Deletion blocked: dataplane is still referenced by 2 environment(s). Environment acme/dev and Environment acme/qa still refer to it.',
    says: ['Deletion requested at 2026-03-10 11:59:50 UTC.'],
    command: 'kubectl --context cp get environments.openchoreo.dev -n acme',
    action: 'open-referrers',
  },
  {
    code: 'deletion-slow',
    when: 'the finalizer waits for a gateway that is down',
    situation: {
      plane: aPlane({ deletingSince: ago(10 * MINUTE_MS) }),
      related: relatedResourcesWith({ controlPlane: gatewayDown }),
    },
    severity: 'warning',
    known:
      "Terminating for 10 min. Its finalizers haven't been removed yet. Deletion requested at 2026-03-10 11:50:00 UTC.",
    says: [
      'openchoreo.dev/dataplane-cleanup',
      'Deployment cluster-gateway has had 0 of 1 replicas ready',
      "The gateway isn't ready, so the deletion waits for it.",
    ],
    command: `kubectl --context cp patch dataplanes.openchoreo.dev prod -n acme --type=merge -p '{"metadata":{"finalizers":null}}'`,
  },
  {
    code: 'deletion-slow',
    when: 'the controller and the gateway work, so the deletion waits for neither',
    situation: {
      plane: aPlane({ deletingSince: ago(10 * MINUTE_MS) }),
      related: relatedResourcesWith(),
    },
    severity: 'warning',
    known:
      "Terminating for 10 min. Its finalizers haven't been removed yet. Deletion requested at 2026-03-10 11:50:00 UTC.",
    says: [
      'The controller and the gateway work, so either the controller fails on this plane, or the finalizer belongs to another tool.',
    ],
    command: 'kubectl --context cp logs -n openchoreo-control-plane deployment/controller-manager --tail=50',
  },
  {
    code: 'deletion-slow',
    when: 'the state of the controller and the gateway is unknown',
    situation: { plane: aPlane({ deletingSince: ago(10 * MINUTE_MS) }) },
    severity: 'warning',
    known:
      "Terminating for 10 min. Its finalizers haven't been removed yet. Deletion requested at 2026-03-10 11:50:00 UTC.",
    says: ['so the controller or the gateway may be down.'],
  },
  {
    code: 'fields-dropped',
    when: 'secretRef was applied to a release that has secretKeyRef',
    situation: {
      related: relatedResourcesWith({ droppedFields: ['spec.clusterAgent.clientCA.secretRef'] }),
    },
    severity: 'warning',
    known: 'The last applied configuration has an unknown field: spec.clusterAgent.clientCA.secretRef.',
    says: ['without an error'],
    action: 'edit-spec',
  },
  {
    code: 'condition-false',
    when: 'Ready is False',
    situation: {
      plane: aPlane({
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ProvisioningFailed',
            message: 'quota exceeded',
            lastTransitionTime: ago(2 * HOUR_MS),
          },
        ],
      }),
    },
    severity: 'warning',
    known: 'Ready is False (ProvisioningFailed): quota exceeded',
    says: ['status.conditions, type Ready, False for 2 h.'],
    command:
      "kubectl --context cp get events -n acme --field-selector 'involvedObject.kind=DataPlane,involvedObject.name=prod' --sort-by=.lastTimestamp",
  },
  {
    code: 'condition-false',
    when: 'Connected is False on a plane with direct access',
    situation: {
      plane: aPlane({
        connection: 'direct',
        reportsAgent: false,
        planeID: null,
        conditions: [{ type: 'Connected', status: 'False', reason: 'Refused' }],
      }),
      features: direct,
    },
    severity: 'error',
    known: 'Connected is False (Refused)',
  },
  {
    code: 'change-unobserved',
    when: 'the spec changed ten minutes ago',
    situation: {
      plane: aPlane({ generation: 3, observedGeneration: 2, specChangedAt: ago(10 * MINUTE_MS) }),
      related: relatedResourcesWith(),
    },
    severity: 'warning',
    known:
      "The controller hasn't applied the last change, made 10 min ago. The status is older than that change.",
    says: ['metadata.generation is 3, status.observedGeneration is 2.'],
    command: 'kubectl --context cp logs -n openchoreo-control-plane deployment/controller-manager --tail=50',
    action: 'refresh',
  },
  {
    code: 'deleting',
    when: 'the plane was just deleted',
    situation: { plane: aPlane({ deletingSince: ago(10 * SECOND_MS) }) },
    severity: 'note',
    known: 'Being deleted. Deletion requested at 2026-03-10 11:59:50 UTC.',
    says: ['disconnects every agent on its planeID'],
  },
  {
    code: 'not-measured',
    when: 'the plane has direct access',
    situation: {
      plane: aPlane({ connection: 'direct', reportsAgent: false, planeID: null, conditions: [] }),
      features: direct,
    },
    severity: 'note',
    known: 'The control plane calls this cluster directly, so no agent reports on it.',
    says: ['never counts as healthy'],
  },
  {
    code: 'not-measured',
    when: 'conditions are True, and the controller may have stopped',
    situation: {
      plane: reported,
      features: direct,
      facts: { controller: { lease: 'read', provenAt: ago(2 * MINUTE_MS) } },
    },
    severity: 'note',
    known:
      "Reported, not measured: Ready and Connected are True, but the controller hasn't renewed its Lease for 2 min, so that may be out of date.",
    says: ["doesn't count as healthy"],
    command: 'kubectl --context cp get leases -n openchoreo-control-plane',
  },
  {
    code: 'not-measured',
    when: 'conditions are True, and Leases may not be listed',
    situation: {
      plane: reported,
      features: direct,
      facts: { controller: { lease: 'not-visible', provenAt: null } },
    },
    severity: 'note',
    known:
      "Reported, not measured: Ready and Connected are True, but Planeboard can't list Leases in the control plane's namespace, so that may be out of date.",
  },
  {
    code: 'not-measured',
    when: 'conditions are True, but from before a change of the credentials',
    situation: {
      plane: reported,
      features: direct,
      facts: {
        controller: { lease: 'read', provenAt: ago(12 * SECOND_MS) },
        credentialChange: {
          seenAt: ago(2 * MINUTE_MS),
          secrets: ['acme/prod'],
          conditions: ['Ready', 'Connected'],
        },
      },
    },
    severity: 'note',
    known:
      "Reported, not measured: Ready and Connected are True, but from before a change of Secret acme/prod, seen 2 min ago. It isn't known whether the plane works with the present credentials.",
    says: ["doesn't count as healthy"],
    action: 'refresh',
  },
  {
    code: 'condition-reported',
    when: 'conditions are True, and the controller runs',
    situation: {
      plane: reported,
      features: direct,
      facts: { controller: { lease: 'read', provenAt: ago(12 * SECOND_MS) } },
    },
    severity: 'note',
    known:
      'Reported, not measured: Ready and Connected are True, and the controller still ran 12 s ago: it keeps renewing its Lease.',
    says: ["not that the plane's cluster can be reached"],
  },
];
