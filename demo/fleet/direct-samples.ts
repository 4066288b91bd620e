import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { companyLabels, ORGANISATIONS, type Sample, type SampleAccess, type SampleHistory } from './sample';

const FAILED_MESSAGE =
  'Gateway programming failed for 3 of 3 listeners: Secret openchoreo-data-plane/wildcard-aurora-example-tls holds a certificate for ' +
  '*.aurora-old.example, but the listeners require *.shop.aurora.example; HTTPRoute storefront/checkout is not attached to any listener; ' +
  'Deployment envoy-gateway has 0 of 2 replicas available because node pool "edge" is out of memory. Retrying in 10m0s (attempt 97).';

const ready: SampleHistory = {
  conditions: [
    { type: 'Ready', status: 'True', reason: 'Ready', message: 'The plane is ready', agoMs: 30 * DAY_MS },
    {
      type: 'Connected',
      status: 'True',
      reason: 'Connected',
      message: 'The API server is reachable',
      agoMs: 30 * DAY_MS,
    },
  ],
};

const { retail, logistics, payments, japan } = ORGANISATIONS;

/**
 * The samples of the releases with direct access (0.3 and 0.7). No agent reports on a plane, so only a documented
 * condition that is True can show that it is healthy.
 *
 * @param access how the control plane signs in to the planes' clusters
 * @param dataSpec the other fields of a data plane's spec
 */
export function directSamples(
  access: { readonly usual: SampleAccess; readonly other: SampleAccess; readonly third: SampleAccess },
  dataSpec: (host: string) => Record<string, unknown>,
): Sample[] {
  const observer = {
    url: 'https://observer.aurora.example',
    authentication: { basicAuth: { username: 'openchoreo', password: 'demo-only-password' } },
  };
  const plane = { kind: 'DataPlane', access: access.usual, agents: 0 } as const;
  return [
    {
      ...plane,
      id: 'direct',
      shows: 'Called directly, without an agent, so nothing measures it',
      namespace: retail,
      name: 'eu-west-prod',
      displayName: 'Storefront EU West',
      description: 'Web shop and mobile backend for Western Europe.',
      labels: companyLabels('eu-west-1', 'prod', 'storefront', 'aws'),
      spec: { ...dataSpec('eu-west.aurora.example'), observer },
      ageMs: 214 * DAY_MS,
      expected: { state: 'unmonitored', reasonCodes: ['not-measured'] },
    },
    {
      ...plane,
      id: 'direct-ready',
      shows: 'Called directly; its Ready and Connected conditions are True',
      namespace: retail,
      name: 'us-east-prod',
      displayName: 'Storefront US East',
      labels: companyLabels('us-east-1', 'prod', 'storefront', 'aws'),
      access: access.other,
      spec: dataSpec('us-east.aurora.example'),
      ageMs: 198 * DAY_MS,
      history: ready,
      expected: { state: 'healthy' },
    },
    {
      ...plane,
      id: 'direct-not-connected',
      shows: 'Its Connected condition is False',
      namespace: payments,
      name: 'pci-frankfurt',
      displayName: 'Payments Frankfurt',
      labels: companyLabels('eu-central-1', 'prod', 'payments', 'on-prem'),
      spec: dataSpec('pay.aurora.example'),
      ageMs: 160 * DAY_MS,
      history: {
        conditions: [
          {
            type: 'Connected',
            status: 'False',
            reason: 'ConnectionRefused',
            message: 'dial tcp 10.20.0.4:6443: connect: connection refused',
            agoMs: 5 * HOUR_MS,
          },
        ],
      },
      expected: { state: 'disconnected', reasonCodes: ['condition-false'] },
    },
    {
      ...plane,
      id: 'ready-false',
      shows: 'Its Ready condition is False with a long message',
      namespace: logistics,
      name: 'warehouse-apac',
      displayName: 'Warehouses APAC',
      labels: companyLabels('ap-southeast-1', 'prod', 'warehouse-automation', 'gcp'),
      spec: dataSpec('warehouse-apac.aurora.example'),
      ageMs: 75 * DAY_MS,
      history: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'GatewayFailed',
            message: FAILED_MESSAGE,
            agoMs: 18 * HOUR_MS,
          },
        ],
      },
      expected: { state: 'degraded', reasonCodes: ['condition-false'] },
    },
    {
      ...plane,
      id: 'stopped-controller',
      shows: "Its controller has stopped and hasn't observed a change from 25 minutes ago",
      namespace: logistics,
      name: 'fulfilment-eu',
      displayName: 'Fulfilment EU',
      labels: companyLabels('eu-central-1', 'prod', 'fulfilment', 'azure'),
      spec: dataSpec('fulfilment.aurora.example'),
      ageMs: 97 * DAY_MS,
      frozen: true,
      changedAgoMs: 25 * MINUTE_MS,
      history: ready,
      expected: { state: 'degraded', reasonCodes: ['change-unobserved'] },
    },
    {
      ...plane,
      id: 'no-display-name',
      shows: 'No display name',
      namespace: logistics,
      name: 'dp-rotterdam-7f3a',
      labels: companyLabels('eu-central-1', 'staging', 'fulfilment', 'on-prem'),
      access: access.third,
      spec: dataSpec('rotterdam.aurora.example'),
      ageMs: 17 * DAY_MS,
      expected: { state: 'unmonitored' },
    },
    {
      ...plane,
      id: 'japanese',
      shows: 'A display name in Japanese',
      namespace: japan,
      name: 'tokyo-prod',
      displayName: '東京 本番環境データプレーン',
      description: '日本向けオンラインストアの本番クラスター',
      labels: companyLabels('ap-northeast-1', 'prod', 'storefront', 'aws'),
      spec: dataSpec('tokyo.aurora.example'),
      ageMs: 88 * DAY_MS,
      history: ready,
      expected: { state: 'healthy' },
    },
    {
      ...plane,
      id: 'long-name',
      shows: 'A name of 63 characters',
      namespace: logistics,
      name: 'warehouse-automation-distribution-centre-north-rhine-westphalia',
      displayName: 'Warehouse automation, distribution centre North Rhine-Westphalia',
      labels: companyLabels('eu-central-1', 'prod', 'warehouse-automation', 'on-prem'),
      spec: dataSpec('nrw.aurora.example'),
      ageMs: 301 * DAY_MS,
      expected: { state: 'unmonitored' },
    },
    {
      ...plane,
      id: 'terminating',
      shows: 'Being deleted, but its finalizer waits for a stopped controller',
      namespace: retail,
      name: 'berlin-legacy',
      displayName: 'Storefront Berlin (old)',
      labels: companyLabels('eu-central-1', 'prod', 'storefront', 'on-prem'),
      spec: dataSpec('berlin.aurora.example'),
      ageMs: 280 * DAY_MS,
      frozen: true,
      deleting: true,
      environments: ['development', 'staging'],
      expected: {
        state: 'deleting',
        reasonCodes: ['deleting'],
        later: { afterMs: 5 * MINUTE_MS, state: 'degraded' },
      },
    },
    {
      ...plane,
      id: 'pipeline',
      shows: 'A BuildPlane, which this release reports nothing about',
      kind: 'BuildPlane',
      namespace: retail,
      name: 'ci-dublin',
      displayName: 'CI Dublin',
      labels: companyLabels('eu-west-1', 'prod', 'developer-platform', 'aws'),
      spec: { observer },
      ageMs: 190 * DAY_MS,
      expected: { state: 'unmonitored', reasonCodes: ['not-measured'] },
    },
    {
      ...plane,
      id: 'unreadable-status',
      shows: 'Unreadable: a status field holds text instead of a number, stored under an earlier schema',
      namespace: retail,
      name: 'outlet-lisbon',
      displayName: 'Outlet Lisbon',
      labels: companyLabels('eu-south-2', 'dev', 'storefront', 'aws'),
      spec: dataSpec('lisbon.aurora.example'),
      ageMs: 320 * DAY_MS,
      frozen: true,
      illegal: { status: { observedGeneration: 'soon' } },
      expected: { state: 'unknown', reasonCodes: ['unreadable'] },
    },
    {
      id: 'no-spec',
      shows: 'Unreadable: it has no spec',
      kind: 'DataPlane',
      namespace: japan,
      name: 'placeholder',
      labels: {},
      spec: null,
      agents: 0,
      ageMs: 6 * DAY_MS,
      expected: { state: 'unknown', reasonCodes: ['unreadable'] },
    },
  ];
}
