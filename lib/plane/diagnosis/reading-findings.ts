import type { HealthReason } from '@/lib/plane/health/health';
import { PLANE_GROUP, PLANE_VERSION } from '@/lib/plane/model/kinds';
import { planeArguments } from '@/lib/plane/model/shell-commands';
import { controlPlaneKubectl, remedy } from './commands';
import { type DiagnosisFinding, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Explains why nothing current is known: a missing permission, or the silence of the API server, or of Planeboard's own server, beyond which a browser can't see. */
export function noContactFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  if (input.forbidden) return forbiddenFinding(input, reason);
  if (input.serverSilent) return serverSilentFinding(input, reason);
  return {
    code: 'no-contact',
    severity: severityOfReason(input, reason),
    title: 'No data from the API server',
    known: reason.message,
    evidence: "The last proof that the watch of this kind delivers changes, on the API server's clock.",
    consequence: "This page shows the plane's last known state.",
    remedies: [
      remedy(
        'Check whether the API server responds to you. Planeboard keeps retrying.',
        controlPlaneKubectl(input, 'get --raw /readyz'),
      ),
    ],
  };
}

function forbiddenFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plural, namespace } = input.row.plane;
  const resource = `${plural}.${PLANE_GROUP}`;
  const only = input.watchedAlone ? namespace : undefined;
  return {
    code: 'no-contact',
    severity: severityOfReason(input, reason),
    title: 'No permission to watch this plane',
    known: reason.message,
    evidence: "The API server's response to the list of this kind.",
    consequence: "This page shows the plane's last known state.",
    remedies: [
      remedy(
        `Ask an administrator for permission to list and watch ${resource} in ${only === undefined ? 'all namespaces' : `the namespace ${only}`}.`,
        controlPlaneKubectl(
          input,
          `auth can-i watch ${resource} ${only === undefined ? '--all-namespaces' : `-n ${only}`}`,
        ),
      ),
    ],
  };
}

function serverSilentFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'no-contact',
    severity: severityOfReason(input, reason),
    title: "Planeboard's server isn't responding",
    known: reason.message,
    evidence: "The server's last message to this browser. Whether the API server responds to it isn't known.",
    consequence: "This page shows the plane's last known state.",
    remedies: [
      remedy(
        'Check whether Planeboard runs, and whether this browser can reach it. This page keeps retrying.',
      ),
    ],
  };
}

/** A sentence of `parsePlane` about the status. */
const INVALID_STATUS = /^Invalid field status\b/;

/** Explains an object that doesn't match its kind's schema. */
export function unreadableFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const inStatus = plane.unreadable?.every((problem) => INVALID_STATUS.test(problem)) === true;
  return {
    code: 'unreadable',
    severity: severityOfReason(input, reason),
    title: 'Invalid resource',
    known: reason.message,
    evidence:
      'The object as the API server serves it. It was probably written under an older or looser schema.',
    consequence: 'Nothing else about this plane is reliable, and OpenChoreo may fail on it too.',
    remedies: [
      remedy('Show the stored object.', controlPlaneKubectl(input, `get ${planeArguments(plane)} -o yaml`)),
      remedy(
        'Fix these fields to match the schema.',
        controlPlaneKubectl(input, `edit ${planeArguments(plane)}${inStatus ? ' --subresource=status' : ''}`),
        undefined,
        'plane',
      ),
    ],
  };
}

/** Explains that the release's features are unknown. */
export function schemaUnknownFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'schema-unknown',
    severity: severityOfReason(input, reason),
    title: "Schema couldn't be read",
    known: reason.message,
    evidence: `The API server's document /openapi/v3/apis/${PLANE_GROUP}/${PLANE_VERSION}, which every signed-in user can read.`,
    consequence:
      "It isn't known whether the missing agent report means anything, or which fields can be changed.",
    remedies: [
      remedy(
        'Check whether the API server returns it to you.',
        controlPlaneKubectl(
          input,
          `get --raw /openapi/v3/apis/${PLANE_GROUP}/${PLANE_VERSION} | head -c 200`,
        ),
      ),
    ],
  };
}
