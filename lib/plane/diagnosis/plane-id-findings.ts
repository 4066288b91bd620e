import { rejectedVerdict } from '@/lib/plane/agent-setup/check-agent';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import type { HealthReason } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { compareRemedies, siblingWithAgent } from './agent-findings';
import { agentCommand, REFRESH_REMEDY, remediesOf, remedy } from './commands';
import { type DiagnosisFinding, severityOfCause } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';
import { FALLBACK_PLANE_ID } from './fleet-facts';

/** Finds an agent on this planeID that this plane doesn't count. */
export function notCountedFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { row } = input;
  const sibling = siblingWithAgent(input);
  if (!sibling) return [];
  const severity = severityOfCause(input, 'never-connected', 'agent-lost');
  const known = `${objectName(sibling.plane)} counts an agent on planeID "${row.plane.planeID}", which this plane shares. This plane counts none.`;
  const evidence = `status.agentConnection of both; the agent of ${objectName(sibling.plane)} has a fresh heartbeat, and has been there for longer than controllers take to look.`;
  if (isClusterWide(input)) {
    return [
      {
        code: 'agent-not-counted',
        severity,
        title: 'An agent on its planeID is not counted here',
        known,
        evidence,
        consequence:
          'A cluster-wide kind counts every agent on its planeID, so the status of this plane is most likely out of date: its controller has not looked, or cannot write.',
        remedies: [REFRESH_REMEDY],
      },
    ];
  }
  return [
    {
      code: 'agent-refused',
      severity,
      title: 'Its CA refuses the agent',
      known,
      evidence,
      consequence:
        "A namespaced kind counts only agents that its own CA verifies. So either this plane's CA refuses the agent's certificate, or its status is older than that agent.",
      remedies: [
        ...remediesOf(input, rejectedVerdict(row, sibling).remedies),
        remedy(
          'Replace the certificate that this plane was registered with.',
          undefined,
          'replace-certificate',
        ),
        remedy('See the planes on this planeID.', undefined, 'open-siblings'),
      ],
    },
  ];
}

/** Explains the reverse for cluster kinds: connected proves nothing about this plane's own CA. */
export function sharedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const others = input.siblings.map(({ plane }) => objectName(plane)).join(', ');
  return {
    code: 'shared-plane-id',
    severity: 'note',
    title: 'Its planeID is shared',
    known: `${reason.message}${others === '' ? '' : ` It is shared with ${others}.`}`,
    evidence: 'spec.planeID of all planes of this role; planes with the same one are the same cluster.',
    consequence:
      'That this plane is connected does not prove that its own CA accepts the agent. Deleting one of these planes disconnects the agents of all for a moment.',
    remedies: [
      ...compareRemedies(input),
      remedy('See the planes on this planeID.', undefined, 'open-siblings'),
    ],
  };
}

/** Notes that agents with a misspelt planeID connect under this one. */
export function fallbackIDFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { plane } = input.row;
  if (plane.planeID !== FALLBACK_PLANE_ID || !isMeasured(plane) || plane.unreadable) return [];
  return [
    {
      code: 'plane-id-default',
      severity: 'note',
      title: `Its planeID is "${FALLBACK_PLANE_ID}"`,
      known: `This plane has planeID "${FALLBACK_PLANE_ID}", set or taken from its name.`,
      evidence: 'spec.planeID, or metadata.name where that is absent.',
      consequence: isClusterWide(input)
        ? 'Agents of other clusters whose planeID was misspelt dial in under it too, and a cluster-wide kind counts them.'
        : "Agents of other clusters whose planeID was misspelt dial in under it too. Only this plane's CA keeps them apart.",
      remedies: [
        remedy('Compare the planeID that the chart was given.', agentCommand(input, 'agent-values')),
      ],
    },
  ];
}
