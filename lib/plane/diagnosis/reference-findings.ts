import { objectName } from '@/lib/plane/model/plane-path';
import { explicitObservabilityPlane } from '@/lib/plane/model/references';
import { remedy } from './commands';
import { type DiagnosisFinding, hasReason } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';

/** Explains a reference to an observability plane that doesn't exist. */
export function missingReferenceFinding(message: string): DiagnosisFinding {
  return {
    code: 'reference-missing',
    severity: 'warning',
    title: "Observability plane doesn't exist",
    known: message,
    evidence:
      "spec.observabilityPlaneRef, compared with the existing planes. The controllers don't check it, so the status doesn't show this.",
    consequence:
      "OpenChoreo finds no observability plane for it, so its logs, metrics and traces are most likely unavailable. The plane named default doesn't replace a missing one.",
    remedies: [
      remedy('Refer to an existing plane, or to none.', undefined, 'edit-spec'),
      remedy('Register the missing plane.', undefined, 'register-observability-plane'),
    ],
  };
}

/** Finds a missing reference in the caller's view. Health reports it if Planeboard's own account sees it. */
export function missingReferenceFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const observability = input.related?.value.observability;
  const isMissing = observability?.via === 'explicit' && observability.state === 'missing';
  if (!isMissing || hasReason(input, 'reference-missing')) return [];
  // Planeboard's own account found it, so one of the two views is out of date, and it's unknown which.
  if (input.row.plane.facts.observabilityPlane === 'found') return [];
  const { target } = observability;
  return [
    missingReferenceFinding(
      `${target ? objectName(target) : 'The observability plane'}, which this plane refers to, doesn't exist.`,
    ),
  ];
}

/** Notes that the caller can't see whether the referenced plane exists: by the caller's request or, before it, the feed. */
export function hiddenReferenceFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const observability = input.related?.value.observability;
  const target = observability?.target ?? explicitObservabilityPlane(input.row.plane);
  const isHidden = observability
    ? observability.state === 'not-visible'
    : hasReason(input, 'reference-not-visible');
  if (!isHidden || !target || hasReason(input, 'reference-missing')) return [];
  return [
    {
      code: 'reference-not-visible',
      severity: 'note',
      title: "Observability plane isn't visible",
      known: `It couldn't be checked whether ${objectName(target)} exists. The check requires permission to list its kind, and a complete list.`,
      evidence: "spec.observabilityPlaneRef, or the default if it isn't set.",
      consequence: "Whether it exists isn't known. This doesn't mean that it's missing.",
      remedies: [],
    },
  ];
}

/** Notes which observability plane applies to a plane that names none. */
export function absentReferenceFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const observability = input.related?.value.observability;
  if (observability === undefined || observability.state === 'not-visible') return [];
  const rule = isClusterWide(input)
    ? 'a cluster-wide plane without it uses ClusterObservabilityPlane default'
    : 'a namespaced plane without it uses ObservabilityPlane default in its namespace, or else ClusterObservabilityPlane default';
  if (observability.via === 'default' && observability.target && observability.state !== 'missing') {
    return [
      {
        code: 'observability-default',
        severity: 'note',
        title: 'Default observability plane',
        known: `This plane refers to no observability plane, so it uses ${objectName(observability.target)}.`,
        evidence: `spec.observabilityPlaneRef is absent, and ${rule}.`,
        consequence:
          'Creating or deleting a plane named default changes where its logs, metrics and traces go, without a change here.',
        remedies: [
          remedy('Open the plane that it uses.', undefined, 'open-observability-plane'),
          remedy('Set the reference explicitly.', undefined, 'edit-spec'),
        ],
      },
    ];
  }
  if (observability.via !== 'none' && observability.via !== 'default') return [];
  return [
    {
      code: 'observability-none',
      severity: 'note',
      title: 'No observability plane',
      known: 'This plane refers to no observability plane, and no default exists.',
      evidence: `spec.observabilityPlaneRef is absent, and ${rule}.`,
      consequence:
        'OpenChoreo finds no observability plane for it, so its logs, metrics and traces are most likely unavailable.',
      remedies: [
        remedy('Register an observability plane.', undefined, 'register-observability-plane'),
        remedy('Refer to an existing one.', undefined, 'edit-spec'),
      ],
    },
  ];
}
