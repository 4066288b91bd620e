import type { Step } from '@/lib/plane/registration/register-url';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';

export interface StepLabels {
  /** Shown in the row of steps. */
  readonly title: string;
  /** Shown above the step. */
  readonly heading: string;
  /** Describes the step. */
  readonly sentence: string;
}

const STEP_LABELS: Record<Step, StepLabels> = {
  kind: {
    title: 'Kind',
    heading: 'Choose a kind',
    sentence:
      'A plane represents a cluster that OpenChoreo uses. Its kind defines what the cluster is for and who can use it.',
  },
  identity: {
    title: 'Identity',
    heading: 'Name the plane',
    sentence: "Set the plane's name and the cluster it represents.",
  },
  connection: {
    title: 'Connection',
    heading: 'Connect the cluster',
    sentence: 'Set how the control plane and the cluster connect and trust each other.',
  },
  services: {
    title: 'Gateway and services',
    heading: 'Gateway and services',
    sentence: 'Set the addresses and services of the cluster that OpenChoreo uses.',
  },
  review: {
    title: 'Review',
    heading: 'Review and register',
    sentence: "Check the plane's configuration.",
  },
};

/**
 * Returns the labels of a step. Only planes that run applications have a gateway; for others, the step doesn't
 * mention one.
 */
export function stepLabels(step: Step, kind: InstalledKind | undefined): StepLabels {
  const labels = STEP_LABELS[step];
  const hasGateway = !kind || specSchema(kind).properties?.gateway !== undefined;
  return step === 'services' && !hasGateway ? { ...labels, title: 'Services', heading: 'Services' } : labels;
}
