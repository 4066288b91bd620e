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
      title: 'The resource cannot be read',
      known: /Cannot be read: .*planeID/,
      todo: /get dataplanes\.openchoreo\.dev numbered -n shop -o yaml/,
    },
    {
      code: 'deletion-blocked',
      plane: connectedPlane('blocked', { deleting: true, environments: ['development', 'staging'] }),
      severity: 'warning',
      title: 'Its deletion is blocked',
      known:
        /still referenced by 2 environment\(s\)\. It is referred to by Environment shop\/blocked-development and Environment shop\/blocked-staging/,
      todo: /each of these has to be deleted, with what is deployed in it/,
    },
    {
      code: 'deletion-slow',
      plane: connectedPlane('hanging', { deleting: true, frozen: true }),
      severity: 'warning',
      title: 'Its deletion hangs',
      known: /Has been terminating for 2\d min/,
      todo: /patch dataplanes\.openchoreo\.dev hanging -n shop --type=merge -p '\{"metadata":\{"finalizers":null\}\}'/,
    },
    {
      code: 'deleting',
      createLate: true,
      plane: connectedPlane('going', { deleting: true, frozen: true }),
      severity: 'note',
      title: 'Being deleted',
      known: /Being deleted\. Deleted at/,
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
      title: 'Fields were dropped',
      known: /has a field that this release's schema does not have: spec\.clusterAgent\.clientCA\.secretRef/,
      todo: /secretRef is called secretKeyRef/,
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
      title: 'The last change has not been taken up',
      known: /The last change, [23]\d min ago, has not been taken up by the controller/,
      todo: /Look over the last change/,
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
      known: /Just created: the controller has not reported a status yet/,
      todo: /Have the controller look at once/,
    },
    {
      code: 'reference-missing',
      plane: connectedPlane('refers-to-nothing', {
        spec: { observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'not-there' } },
      }),
      severity: 'warning',
      title: 'Its observability plane does not exist',
      known: /It refers to ObservabilityPlane "not-there", which does not exist/,
      todo: /Register the one that is named/,
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
      title: 'Its observability plane follows from a rule',
      known: /It names no observability plane, so ObservabilityPlane watched\/default is used/,
      todo: /Name one explicitly/,
    },
    {
      code: 'observability-none',
      plane: planeWithoutAgent('unobserved', { kind: 'ClusterDataPlane' }),
      severity: 'note',
      title: 'It has no observability plane',
      known: /It names no observability plane, and there is none that a rule would give it/,
      todo: /Name one that exists/,
    },
  ];
}
