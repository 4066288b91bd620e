import type { HealthReason } from '@/lib/plane/health/health';
import { PLANE_GROUP, PLANE_VERSION } from '@/lib/plane/model/kinds';
import { planeArguments } from '@/lib/plane/model/shell-commands';
import { controlPlaneKubectl, remedy } from './commands';
import { type DiagnosisFinding, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Explains silence: of the API server, or of Planeboard's own server, beyond which a browser can't see. */
export function noContactFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  if (input.serverSilent) return serverSilentFinding(input, reason);
  return {
    code: 'no-contact',
    severity: severityOfReason(input, reason),
    title: 'No contact with the API server',
    known: reason.message,
    evidence: "The API server's last proven answer about planes of this kind, on its own clock.",
    consequence: 'What happened to this plane since then is not known, good or bad.',
    remedies: [
      remedy(
        'Planeboard goes on asking by itself. See whether the API server answers you.',
        controlPlaneKubectl(input, 'get --raw /readyz'),
      ),
    ],
  };
}

function serverSilentFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'no-contact',
    severity: severityOfReason(input, reason),
    title: "No contact with Planeboard's server",
    known: reason.message,
    evidence:
      'The last word that came from it to this browser. Whether the API server answers it is not known here.',
    consequence: 'What happened to this plane since then is not known, good or bad.',
    remedies: [
      remedy(
        'This page goes on asking by itself. See whether Planeboard runs, and whether this browser reaches it.',
      ),
    ],
  };
}

/** Explains an object that doesn't match its kind's schema. */
export function unreadableFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const inStatus = plane.unreadable?.every((problem) => problem.startsWith('status')) === true;
  return {
    code: 'unreadable',
    severity: severityOfReason(input, reason),
    title: 'The resource cannot be read',
    known: reason.message,
    evidence:
      'The object itself, as the API server serves it. It was likely written under an older or looser schema.',
    consequence: 'Nothing else about this plane can be relied on, and OpenChoreo may fail on it as well.',
    remedies: [
      remedy(
        'Look at it as it is stored.',
        controlPlaneKubectl(input, `get ${planeArguments(plane)} -o yaml`),
      ),
      remedy(
        'Give the fields named above the form that the schema asks for.',
        controlPlaneKubectl(input, `edit ${planeArguments(plane)}${inStatus ? ' --subresource=status' : ''}`),
      ),
    ],
  };
}

/** Explains that the release's features are unknown. */
export function schemaUnknownFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'schema-unknown',
    severity: severityOfReason(input, reason),
    title: 'The schema could not be read',
    known: reason.message,
    evidence: `The API server's document /openapi/v3/apis/${PLANE_GROUP}/${PLANE_VERSION}, which every signed-in user may read.`,
    consequence:
      'Whether silence about an agent means anything is not known, nor which fields can be changed.',
    remedies: [
      remedy(
        'See whether the API server gives it to you.',
        controlPlaneKubectl(
          input,
          `get --raw /openapi/v3/apis/${PLANE_GROUP}/${PLANE_VERSION} | head -c 200`,
        ),
      ),
    ],
  };
}
