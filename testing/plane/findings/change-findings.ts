import { AGENT_CA_SLOT, secretPath } from '@/lib/plane/history/traced-fields';
import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { judged, type Situation } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { agent, type FindingRow, parsed } from './sample-planes';

const REPLACED = ['metadata', 'annotations', REPLACED_ANNOTATION];

const lost = agent({
  connected: false,
  connectedAgents: 0,
  lastConnectedTime: ago(DAY_MS),
  lastDisconnectedTime: ago(15 * SECOND_MS),
});

function changed(
  by: string,
  path: readonly string[],
  planeID?: { before: string | null; after: string; written: string | null },
): Situation {
  return {
    plane: aPlane({ planeID: planeID?.after ?? 'prod-cluster', agent: lost }),
    changes: [
      {
        at: ago(17 * SECOND_MS),
        write: {
          resourceVersion: '7',
          by,
          fields: [{ path, change: 'changed' }],
          ...(planeID ? { planeID } : {}),
          wasConnected: true,
        },
      },
    ],
  };
}

/** A change that was noticed in a Secret, as a history shows it. */
function changedSecret(slot: string, change: 'changed' | 'removed'): Situation {
  const situation = changed('', secretPath('acme/ca', 'ca.crt', slot));
  const changes = situation.changes?.map(({ at, write }) => ({
    at,
    ...(write
      ? { write: { ...write, by: null, fields: write.fields.map(({ path }) => ({ path, change })) } }
      : {}),
  }));
  return { ...situation, changes: changes ?? [] };
}

/** A certificate, its key and the CA were changed in one edit of their Secret. */
function changedTogether(): Situation {
  const slots = ['tls.ca', 'auth.mtls.clientCert', 'auth.mtls.clientKey'];
  const all = slots.map((slot) => changedSecret(`kubernetesCluster.${slot}`, 'changed'));
  return { ...all[0], changes: all.flatMap(({ changes = [] }) => changes).toReversed() };
}

/** The agent's CA was changed in its Secret, and the agent is still connected. */
function changedWhileConnected(): Situation {
  return {
    ...changedSecret(AGENT_CA_SLOT, 'changed'),
    plane: aPlane({ agent: agent({ lastConnectedTime: ago(DAY_MS) }) }),
    facts: { certificate: parsed() },
  };
}

function changedInStaleStatus(): Situation {
  const situation = changed('jane', ['spec', 'planeID'], { before: 'prod', after: 'prd', written: 'prod' });
  const changes = situation.changes?.map(({ at, write }) => ({
    at,
    ...(write ? { write: { ...write, wasConnected: null } } : {}),
  }));
  return { ...situation, changes: changes ?? [] };
}

/** The planeID was changed, and set back in the edit that changed the CA. */
function changedTwice(): Situation {
  const [first, second] = [
    changed('jane', ['spec', 'planeID'], { before: 'prod', after: 'prd', written: 'prod' }),
    changed('jane', ['spec', 'clusterAgent', 'clientCA', 'value']),
  ].map(({ changes: [change] = [] }) => change);
  if (!first?.write || !second?.write) throw new Error('Both situations have one change.');
  const takesBack = { resourceVersion: first.write.resourceVersion, by: 'jane' };
  const back = { ...first.write, resourceVersion: '8', wasConnected: false, takesBack };
  return {
    plane: aPlane({ planeID: 'prod', agent: lost }),
    changes: [
      { ...second, write: { ...second.write, resourceVersion: '8', wasConnected: false } },
      { ...second, write: { ...back, planeID: { before: 'prd', after: 'prod', written: 'prd' } } },
      { ...first, at: ago(60 * SECOND_MS) },
    ],
  };
}

/** Jane changed the planeID after yours had ended the connection. */
function changedAgain(): Situation {
  const planeID = { before: 'prd', after: 'prod-2', written: 'prd' };
  const yours = changed('you', ['spec', 'planeID'], { before: 'prod', after: 'prd', written: 'prod' });
  const janes = changed('jane', ['spec', 'planeID'], planeID);
  const changes = [...(janes.changes ?? []), ...(yours.changes ?? [])];
  const [last, ...first] = changes.map((change) => ({ ...change }));
  if (!last?.write) throw new Error('There are two changes.');
  const write = { ...last.write, resourceVersion: '8', wasConnected: false };
  return { ...janes, changes: [{ ...last, at: ago(5 * SECOND_MS), write }, ...first] };
}

/** The situations for findings about changes that this server saw. */
export const CHANGE_ROWS: readonly FindingRow[] = [
  {
    code: 'connection-changed',
    when: 'you changed the planeID of a connected plane',
    situation: changed('you', ['spec', 'planeID'], { before: 'prod', after: 'prd', written: 'prod' }),
    severity: 'error',
    known:
      'planeID changed 17 s ago by you: "prd", was "prod". The agent that was connected until then uses "prod", and none has connected since.',
    says: ['Until that is "prd", or the change is undone, this plane has no agent.'],
    action: 'undo-change',
  },
  {
    code: 'connection-changed',
    when: 'someone else changed the planeID after your change of it',
    situation: changedAgain(),
    severity: 'error',
    known:
      'planeID changed 17 s ago by you. Before that, it was "prod". It has changed again since, to "prod-2". The agent that was connected until then uses "prod", and none has connected since.',
    action: 'undo-change',
  },
  {
    code: 'connection-changed',
    when: 'a field manager set a planeID where there was none',
    situation: changed('field manager kubectl-edit', ['spec', 'planeID'], {
      before: 'prod',
      after: 'prd',
      written: null,
    }),
    severity: 'error',
    known:
      'planeID changed 17 s ago by field manager kubectl-edit: "prd", was "prod". The agent that was connected until then uses "prod", and none has connected since.',
    action: 'connect-agent',
  },
  {
    code: 'connection-changed',
    when: 'Flux changed the CA',
    situation: changed('Flux (kustomize-controller)', ['spec', 'clusterAgent', 'clientCA', 'value']),
    severity: 'error',
    known:
      'The agent CA changed 17 s ago by Flux (kustomize-controller). The agent was connected then, and none has connected since its connection ended.',
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'the CA was changed in its Secret outside Planeboard',
    situation: changedSecret(AGENT_CA_SLOT, 'changed'),
    severity: 'error',
    known:
      'The agent CA in Secret acme/ca changed 17 s ago. The agent was connected then, and none has connected since its connection ended.',
    says: ["A Secret doesn't say who changed it."],
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'the client certificate was removed with its Secret',
    situation: changedSecret('kubernetesCluster.auth.mtls.clientCert', 'removed'),
    severity: 'error',
    known:
      "Credential kubernetesCluster.auth.mtls.clientCert in Secret acme/ca was removed 17 s ago. The plane was connected then, and hasn't connected since its connection ended.",
    action: 'replace-certificate',
  },
  {
    code: 'certificate-replaced',
    when: 'the CA was changed in its Secret under a connected agent',
    situation: changedWhileConnected(),
    severity: 'note',
    known:
      "The agent CA in Secret acme/ca changed 17 s ago, and a certificate was removed from it. The agent isn't known to have connected since.",
    says: ['it needs a certificate that the present CA verifies'],
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'several credentials were changed in their Secret at once',
    situation: changedTogether(),
    severity: 'error',
    known:
      "Credentials kubernetesCluster.tls.ca, kubernetesCluster.auth.mtls.clientCert and kubernetesCluster.auth.mtls.clientKey in Secret acme/ca changed 17 s ago. The plane was connected then, and hasn't connected since its connection ended.",
    says: ['the change is the most likely cause'],
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'you replaced the CA in its Secret',
    situation: changed('you', [...REPLACED, 'clusterAgent.clientCA', 'replace']),
    severity: 'error',
    known:
      'The agent CA changed 17 s ago by you. The agent was connected then, and none has connected since its connection ended.',
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'you replaced a credential of direct access in its Secret',
    situation: changed('you', [...REPLACED, 'kubernetesCluster.auth.mtls.clientCert', 'replace']),
    severity: 'error',
    known:
      "Credential kubernetesCluster.auth.mtls.clientCert changed 17 s ago by you. The plane was connected then, and hasn't connected since its connection ended.",
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'someone switched the agent off',
    situation: changed('jane', ['spec', 'agent', 'enabled']),
    severity: 'error',
    known:
      "spec.agent.enabled changed 17 s ago by jane. The plane was connected then, and hasn't connected since its connection ended.",
    action: 'edit-spec',
  },
  {
    code: 'connection-changed',
    when: 'someone changed the planeID while the status was stale',
    situation: changedInStaleStatus(),
    severity: 'error',
    known:
      'planeID changed 17 s ago by jane: "prd", was "prod". The status was stale then, so it isn\'t known whether the plane was connected. It hasn\'t connected since.',
    action: 'undo-change',
  },
  {
    code: 'connection-changed',
    when: 'the CA changed while a planeID, set back since, had disconnected the agent',
    situation: changedTwice(),
    severity: 'error',
    known:
      "The agent CA changed 17 s ago by jane. An earlier change, undone since, had ended the connection already. The plane hasn't connected since.",
    action: 'replace-certificate',
  },
  {
    code: 'connection-changed',
    when: 'a plane was moved to the planeID of another cluster',
    situation: {
      ...changed('you', ['spec', 'planeID'], { before: 'prod', after: 'other', written: 'prod' }),
      others: [judged(aPlane({ name: 'other', uid: 'uid-other', planeID: 'other', agent: agent() }))],
    },
    severity: 'error',
    known:
      'planeID changed 17 s ago by you: "other", was "prod". The agent that was connected until then uses "prod", and none has connected since.',
    says: ['Another plane already reports an agent on "other".'],
    action: 'undo-change',
  },
  {
    code: 'agent-refused',
    when: 'a plane was moved to the planeID of another cluster',
    situation: {
      ...changed('you', ['spec', 'planeID'], { before: 'prod', after: 'other', written: 'prod' }),
      others: [judged(aPlane({ name: 'other', uid: 'uid-other', planeID: 'other', agent: agent() }))],
    },
    severity: 'error',
    known:
      'DataPlane acme/other reports an agent on planeID "other", which this plane shares. This plane reports none.',
    says: ['so the agent is most likely that of another cluster'],
    action: 'undo-change',
  },
];
