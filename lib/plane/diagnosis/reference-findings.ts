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
    title: 'Its observability plane does not exist',
    known: message,
    evidence:
      'spec.observabilityPlaneRef, against the planes that there are. The controllers do not check it, so the status says nothing.',
    consequence:
      'OpenChoreo finds no observability plane for it, so its logs, metrics and traces are most likely not to be had. The one named default does not step in for one that is named.',
    remedies: [
      remedy('Name one that exists, or none.', undefined, 'edit-spec'),
      remedy('Register the one that is named.', undefined, 'register-observability-plane'),
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
      `It refers to ${target ? objectName(target) : 'an observability plane'}, which does not exist.`,
    ),
  ];
}

/** Notes that the caller can't see whether the referenced plane exists. */
export function hiddenReferenceFindings(input: DiagnosisInput): DiagnosisFinding[] {
  // In the fleet's facts, `not-visible` also means that a list is still pending, so only the caller's request counts.
  const observability = input.related?.value.observability;
  const target = observability?.target ?? explicitObservabilityPlane(input.row.plane);
  if (observability?.state !== 'not-visible' || !target || hasReason(input, 'reference-missing')) return [];
  return [
    {
      code: 'reference-not-visible',
      severity: 'note',
      title: 'Its observability plane cannot be seen',
      known: `${objectName(target)} could not be looked for: it takes the right to list its kind, and a list that is complete.`,
      evidence: 'spec.observabilityPlaneRef, and the rules that hold where it is absent.',
      consequence: 'Whether it exists is not known here; that is no sign that it is missing.',
      remedies: [],
    },
  ];
}

/** Notes which observability plane applies to a plane that names none. */
export function absentReferenceFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const observability = input.related?.value.observability;
  if (observability === undefined || observability.state === 'not-visible') return [];
  const rule = isClusterWide(input)
    ? 'a cluster-wide plane that names none uses ClusterObservabilityPlane default'
    : 'a namespaced plane that names none uses ObservabilityPlane default of its namespace, else ClusterObservabilityPlane default';
  if (observability.via === 'default' && observability.target && observability.state !== 'missing') {
    return [
      {
        code: 'observability-default',
        severity: 'note',
        title: 'Its observability plane follows from a rule',
        known: `It names no observability plane, so ${objectName(observability.target)} is used.`,
        evidence: `spec.observabilityPlaneRef is absent, and ${rule}.`,
        consequence:
          'Creating or deleting a plane named default changes where its observations go, without a change here.',
        remedies: [
          remedy('See that plane.', undefined, 'open-observability-plane'),
          remedy('Name one explicitly.', undefined, 'edit-spec'),
        ],
      },
    ];
  }
  if (observability.via !== 'none' && observability.via !== 'default') return [];
  return [
    {
      code: 'observability-none',
      severity: 'note',
      title: 'It has no observability plane',
      known: 'It names no observability plane, and there is none that a rule would give it.',
      evidence: `spec.observabilityPlaneRef is absent, and ${rule}.`,
      consequence:
        'OpenChoreo finds no observability plane for it, so its logs, metrics and traces are most likely not to be had.',
      remedies: [
        remedy('Register one.', undefined, 'register-observability-plane'),
        remedy('Name one that exists.', undefined, 'edit-spec'),
      ],
    },
  ];
}
