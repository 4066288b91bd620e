import { describe, expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import type { Referrer } from '@/lib/plane/related/related-resources';
import { aPlane } from '@/testing/plane/plane-fixture';
import { editConsequences } from './edit-consequences';
import type { CaChange, EditEffect, EditSide } from './edit-effect';

const environment: Referrer = { kind: 'Environment', namespace: 'acme', name: 'dev', via: 'explicit' };
const sibling = { kind: 'DataPlane', namespace: 'acme', name: 'twin' };
const key = { namespace: 'acme', name: 'ca', key: 'ca.crt' };
const found = {
  via: 'explicit',
  target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'obs' },
} as const;

function side(changes: Partial<EditSide> = {}, plane: Partial<Plane> = {}): EditSide {
  return {
    plane: aPlane(plane),
    siblings: [],
    observability: { ...found, state: 'found' },
    apiServerUrl: null,
    ...changes,
  };
}

/** The effect of an edit. Unless a test says otherwise, what the plane reports of its agents is current. */
function effect({ before = side(), ...changes }: Partial<EditEffect> = {}): EditEffect {
  const { agent } = before.plane;
  return {
    before,
    after: side(),
    connectedAgents: agent ? agent.connectedAgents : null,
    ca: { state: 'compatible' },
    caCheck: 'at-once',
    lostPlaneId: null,
    gatewayPaths: [],
    missingSecrets: [],
    access: { changed: [], signInAfter: [] },
    referrers: [],
    referrersUnknown: [],
    ...changes,
  };
}

const codes = (changes: Partial<EditEffect>) =>
  editConsequences(effect(changes)).map(({ code, weight }) => `${weight} ${code}`);
const textOf = (code: string, changes: Partial<EditEffect>) =>
  editConsequences(effect(changes)).find((item) => item.code === code)?.text;

const otherId = side({}, { planeID: 'other' });
const disconnected: Partial<Plane> = {
  agent: { connected: false, connectedAgents: 0, message: 'No agents connected' },
};
const unmeasured: Partial<Plane> = { agent: undefined };
const direct = { connection: 'direct', agent: undefined } as const;
const dropped: CaChange = { state: 'dropped', dropped: 1, of: 1 };

describe('the consequences of an edit', () => {
  test.each<[string, Partial<EditEffect>, readonly string[]]>([
    ['nothing else depends on what changed', {}, []],
    ['the planeID of a connected plane', { after: otherId }, ['harm changes-plane-id']],
    [
      'the planeID of a plane without an agent',
      { before: side({}, disconnected), after: side({}, { ...disconnected, planeID: 'other' }) },
      ['note changes-plane-id'],
    ],
    [
      'the planeID where nothing reports agents',
      { before: side({}, unmeasured), after: side({}, { ...unmeasured, planeID: 'other' }) },
      ['harm changes-plane-id'],
    ],
    [
      'the planeID of a plane with siblings and Environments',
      { before: side({ siblings: [sibling] }), after: otherId, referrers: [environment] },
      ['harm changes-plane-id', 'harm affects-users', 'note leaves-siblings'],
    ],
    [
      'the planeID to that of another cluster',
      { after: side({ siblings: [sibling] }, { planeID: 'other' }) },
      ['harm changes-plane-id', 'harm joins-siblings'],
    ],
    ['the CA to one without the present certificates', { ca: dropped }, ['harm rejects-agent']],
    [
      'the CA while no agent is connected',
      { ca: dropped, before: side({}, disconnected) },
      ['note rejects-agent'],
    ],
    [
      'the CA of a plane with siblings and Environments',
      { ca: dropped, before: side({ siblings: [sibling] }), referrers: [environment] },
      ['harm rejects-agent', 'harm affects-users', 'note siblings-keep-agent'],
    ],
    ['the CA to none', { ca: { state: 'removed' } }, ['harm rejects-agent']],
    [
      'the CA to a missing Secret',
      { ca: { state: 'missing', secret: key, keyOnly: false } },
      ['harm rejects-agent'],
    ],
    ['the CA to an unreadable Secret', { ca: { state: 'unknown', secret: key } }, ['harm may-reject-agent']],
    [
      'the agent to direct access',
      { after: side({ apiServerUrl: 'https://c1:6443' }, direct), referrers: [environment] },
      ['harm disables-agent', 'harm affects-users'],
    ],
    [
      'direct access to an agent',
      { before: side({ apiServerUrl: 'https://c1:6443' }, direct) },
      ['harm enables-agent'],
    ],
    [
      'the CA and the sign-in of direct access',
      {
        before: side({ apiServerUrl: 'https://c1:6443' }, direct),
        after: side({ apiServerUrl: 'https://c1:6443' }, direct),
        access: {
          changed: [
            { purpose: 'server-ca', isRemoved: false },
            { purpose: 'bearer-token', isRemoved: false },
          ],
          signInAfter: ['bearer-token'],
        },
        referrers: [environment],
      },
      ['harm changes-server-ca', 'harm changes-sign-in', 'harm affects-users'],
    ],
    [
      'the API server of direct access',
      {
        before: side({ apiServerUrl: 'https://c1:6443' }, direct),
        after: side({ apiServerUrl: 'https://c2:6443' }, direct),
      },
      ['harm changes-api-server'],
    ],
    [
      'a credential to a missing key',
      { missingSecrets: [{ ...key, label: 'bearer token', keyOnly: true }] },
      ['harm secret-missing'],
    ],
    [
      'two credentials to the same missing Secret',
      {
        missingSecrets: [
          { ...key, label: 'client certificate', keyOnly: false },
          { ...key, key: 'tls.key', label: 'client private key', keyOnly: false },
        ],
      },
      ['harm secret-missing'],
    ],
    ['the gateway of an unused plane', { gatewayPaths: [['spec', 'gateway']] }, ['note changes-gateway']],
    [
      'the gateway of a plane with Environments',
      { gatewayPaths: [['spec', 'gateway']], referrers: [environment] },
      ['harm changes-gateway'],
    ],
    [
      "the gateway of a plane whose Environments can't be listed",
      { gatewayPaths: [['spec', 'gateway']], referrersUnknown: ['Environment'] },
      ['harm changes-gateway'],
    ],
    [
      'the observability plane to another one',
      { after: side({ observability: { via: 'default', target: sibling, state: 'found' } }) },
      ['note changes-observability'],
    ],
    [
      'the observability plane to a missing one',
      { after: side({ observability: { via: 'explicit', target: sibling, state: 'missing' } }) },
      ['harm changes-observability'],
    ],
    [
      'the observability plane to none',
      { after: side({ observability: { via: 'none' } }) },
      ['note changes-observability'],
    ],
    [
      'the observability plane from none to one that may follow',
      {
        before: side({ observability: { via: 'none' } }),
        after: side({ observability: { via: 'explicit', target: sibling, state: 'missing' } }),
      },
      ['note changes-observability'],
    ],
    [
      "the planeID while users can't be listed",
      { after: otherId, referrersUnknown: ['Environment'] },
      ['harm changes-plane-id', 'note users-unknown'],
    ],
  ])('of %s', (_name, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  test('say until when the connected agent is rejected', () => {
    expect(textOf('changes-plane-id', { after: otherId })).toBe(
      "The connected agent uses the planeID prod-cluster, so it will be rejected until it uses the planeID other. Set clusterAgent.planeID to other in the values of the agent's chart, and upgrade the release.",
    );
    expect(textOf('rejects-agent', { ca: dropped })).toBe(
      'None of the certificates that verify agents now are kept. The connected agent loses its connection within seconds, because the gateway checks open connections at once. It will be rejected until it uses a certificate that the new CA verifies.',
    );
  });

  test.each<[string, Partial<EditEffect>, string]>([
    ['changes-plane-id', { after: otherId }, 'An agent that is connected uses the planeID prod-cluster'],
    ['rejects-agent', { ca: dropped }, 'An agent that is connected loses its connection'],
    [
      'disables-agent',
      { after: side({ apiServerUrl: 'https://c1:6443' }, direct) },
      'An agent that is connected is no longer used.',
    ],
  ])("don't claim that an agent is connected if that isn't known: %s", (code, changes, text) => {
    expect(textOf(code, { ...changes, connectedAgents: null })).toContain(text);
    expect(codes({ ...changes, connectedAgents: null })).toEqual([`harm ${code}`]);
  });

  test('say that the agent can connect again once the change that disconnected it is undone', () => {
    const lost = { before: side({ siblings: [sibling] }, disconnected), after: otherId };
    const text = (wasConnected: boolean | null, planeID = 'other') =>
      textOf('changes-plane-id', { ...lost, lostPlaneId: { planeID, wasConnected } });
    expect(text(true)).toBe(
      'The agent that was connected before planeID was changed uses the planeID other, so it can connect again.',
    );
    expect(text(null)).toBe('An agent that still uses the planeID other can connect again.');
    expect(text(true, 'third')).not.toContain('again');
    expect(codes({ ...lost, lostPlaneId: { planeID: 'other', wasConnected: true } })).toContain(
      'note changes-plane-id',
    );
  });

  test.each(['at-once', 'next-connect'] as const)(
    "don't claim that an agent stays connected or loses its connection if none is connected: %s",
    (caCheck) => {
      expect(textOf('rejects-agent', { ca: dropped, caCheck, before: side({}, disconnected) })).toBe(
        'None of the certificates that verify agents now are kept. An agent with the present certificate is rejected when it connects. It will be rejected until it uses a certificate that the new CA verifies.',
      );
    },
  );

  test("don't ask to move an agent that other planes use, or to where others have one", () => {
    const sharing = side({ siblings: [sibling] });
    const joining = side({ siblings: [sibling] }, { planeID: 'other' });
    expect(textOf('changes-plane-id', { before: sharing, after: otherId })).toBe(
      'The connected agent uses the planeID prod-cluster and stays with the other planes that have it. This plane has no agent until one connects with the planeID other.',
    );
    expect(textOf('changes-plane-id', { before: sharing, after: joining })).toBe(
      'The connected agent uses the planeID prod-cluster and stays with the other planes that have it.',
    );
    expect(textOf('changes-plane-id', { after: joining })).toBe(
      'The connected agent uses the planeID prod-cluster, so it will no longer serve this plane.',
    );
  });

  test("say when the gateway checks, which depends on the CA's place", () => {
    expect(textOf('rejects-agent', { ca: dropped, caCheck: 'next-connect' })).toContain(
      'The connected agent stays connected for now. The gateway rejects it the next time it connects.',
    );
  });

  test('name the fields, objects and planes that they are about', () => {
    const gatewayPaths = [['spec', 'gateway', 'ingress', 'host']];
    const [gateway] = editConsequences(effect({ gatewayPaths, referrers: [environment] }));
    expect(gateway?.text).toContain('from spec.gateway.ingress.host.');
    expect(gateway?.objects).toEqual([environment]);
    expect(textOf('changes-observability', { after: side({ observability: { via: 'none' } }) })).toContain(
      'instead of the observability plane obs in the namespace acme',
    );
  });

  test('say what users lose with an agent and with direct access, and nothing if none is lost', () => {
    const before = side({ apiServerUrl: 'https://c1:6443' }, direct);
    const after = side({ apiServerUrl: 'https://c2:6443' }, direct);
    const lost = textOf('affects-users', { before, after, referrers: [environment] });
    expect(lost).toContain("While the control plane can't reach its cluster, nothing can be deployed there.");
    const joining = {
      before: side({}, disconnected),
      after: side({ siblings: [sibling] }, { planeID: 'other' }),
    };
    expect(codes({ ...joining, referrers: [environment] })).toEqual([
      'harm joins-siblings',
      'note changes-plane-id',
    ]);
  });

  test('say who uses the plane only because of its name', () => {
    const referrers = [environment, { ...environment, name: 'qa', via: 'default' as const }];
    expect(textOf('affects-users', { ca: dropped, referrers })).toContain(
      '2 objects use this plane (1 by default, because its name is default).',
    );
  });
});

test.each<[string, EditEffect['access'], string]>([
  [
    'replaced',
    { changed: [{ purpose: 'bearer-token', isRemoved: false }], signInAfter: ['bearer-token'] },
    "no longer signs in with the present bearer token. If the cluster rejects the new credentials, the control plane can't use it.",
  ],
  [
    'exchanged for one of another kind',
    {
      changed: [
        { purpose: 'client-certificate', isRemoved: true },
        { purpose: 'client-key', isRemoved: true },
      ],
      signInAfter: ['bearer-token'],
    },
    'will sign in with the bearer token instead of the present client certificate and private key.',
  ],
  [
    'removed',
    { changed: [{ purpose: 'bearer-token', isRemoved: true }], signInAfter: [] },
    'has nothing else to sign in with.',
  ],
])('a sign-in that is %s', (_, access, text) => {
  const [before, after] = [side({}, direct), side({}, direct)];
  expect(textOf('changes-sign-in', { before, after, access })).toContain(text);
});
