import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';
import type { FindingCase } from './finding-case';

const OBSERVED_NAMESPACE = 'watched';

/** Cases caused by the resource itself and by its references. */
export function resourceCases(): FindingCase[] {
  return [
    {
      code: 'unreadable',
      plane: connectedPlane('numbered', { agents: 0, frozen: true, illegal: { spec: { planeID: 42 } } }),
      severity: 'error',
      title: 'Invalid resource',
      known: /Invalid field spec\.planeID: expected text, found a number/,
      todo: /get dataplanes\.openchoreo\.dev numbered -n shop -o yaml/,
    },
    {
      code: 'deletion-blocked',
      plane: connectedPlane('blocked', { deleting: true, environments: ['development', 'staging'] }),
      severity: 'warning',
      title: 'Deletion is blocked',
      known:
        /still referenced by 2 environment\(s\)\. Environment shop\/blocked-development and Environment shop\/blocked-staging still refer to it/,
      todo: /Delete each of these Environments, with everything deployed in it/,
    },
    {
      code: 'deletion-slow',
      plane: connectedPlane('hanging', { deleting: true, frozen: true }),
      deletingForMs: 20 * MINUTE_MS,
      severity: 'warning',
      title: 'Deletion takes too long',
      known: /Terminating for 2\d min/,
      todo: /patch dataplanes\.openchoreo\.dev hanging -n shop --type=merge -p '\{"metadata":\{"finalizers":null\}\}'/,
    },
    {
      code: 'deleting',
      createLate: true,
      plane: connectedPlane('going', { deleting: true, frozen: true }),
      severity: 'note',
      title: 'Being deleted',
      known: /Being deleted\. Deletion requested at/,
      todo: null,
    },
    {
      code: 'fields-dropped',
      plane: connectedPlane('dropped', {
        formerSpec: {
          clusterAgent: { clientCA: { secretRef: { name: 'dropped-ca', key: 'ca.crt' } } },
        },
      }),
      severity: 'warning',
      title: 'Unknown fields were dropped',
      known: /has an unknown field: spec\.clusterAgent\.clientCA\.secretRef/,
      todo: /renamed secretRef to secretKeyRef/,
    },
    {
      code: 'condition-false',
      plane: connectedPlane('not-ready', {
        history: {
          connected: true,
          agents: 1,
          connectedAgoMs: DAY_MS,
          heartbeatAgoMs: 5_000,
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'ProvisioningFailed',
              message: 'quota exceeded',
              agoMs: 2 * HOUR_MS,
            },
          ],
        },
      }),
      severity: 'warning',
      title: 'Condition Ready is False',
      known: /Ready is False \(ProvisioningFailed\): quota exceeded/,
      todo: /get events -n shop/,
    },
    {
      code: 'change-unobserved',
      plane: connectedPlane('unseen-change', { frozen: true, changedAgoMs: 25 * MINUTE_MS }),
      severity: 'warning',
      title: 'Last change not yet applied',
      known: /The controller hasn't applied the last change, made [23]\d min ago/,
      todo: /Review the last change/,
      action: 'edit-spec',
    },
    {
      code: 'status-awaited',
      createLate: true,
      plane: {
        kind: 'DataPlane',
        namespace: 'shop',
        name: 'just-made',
        ca: 'authority-inline',
        frozen: true,
      },
      severity: 'note',
      title: 'No status yet',
      known: /The controller hasn't reported a status yet/,
      todo: /Refresh the status/,
      action: 'refresh',
    },
    {
      code: 'reference-missing',
      plane: connectedPlane('refers-to-nothing', {
        spec: { observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'not-there' } },
      }),
      severity: 'warning',
      title: "Observability plane doesn't exist",
      known: /ObservabilityPlane "not-there", which this plane refers to, doesn't exist/,
      todo: /Register the missing plane/,
      action: 'register-observability-plane',
    },
    {
      code: 'observability-default',
      plane: connectedPlane('by-rule', { namespace: OBSERVED_NAMESPACE }),
      others: [
        connectedPlane('default', {
          kind: 'ObservabilityPlane',
          namespace: OBSERVED_NAMESPACE,
          planeID: 'obs',
        }),
      ],
      severity: 'note',
      title: 'Default observability plane',
      known: /This plane refers to no observability plane, so it uses ObservabilityPlane watched\/default/,
      todo: /Set the reference explicitly/,
      action: 'edit-spec',
    },
    {
      code: 'kind-unreconciled',
      plane: connectedPlane('left-over', { kind: 'BuildPlane', frozen: true, spec: {} }),
      severity: 'warning',
      title: 'No controller reconciles BuildPlanes',
      known: /still serves buildplanes, but workflow planes replace them in this release/,
      todo: /Register a workflow plane for this cluster instead/,
    },
    {
      code: 'observability-none',
      plane: planeWithoutAgent('unobserved', { kind: 'ClusterDataPlane' }),
      severity: 'note',
      title: 'No observability plane',
      known: /This plane refers to no observability plane, and no default exists/,
      todo: /Refer to an existing one/,
      action: 'edit-spec',
    },
  ];
}
