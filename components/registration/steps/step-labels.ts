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
    heading: 'What is the cluster for?',
    sentence:
      'A plane stands for a cluster that OpenChoreo uses. Its kind says what for, and who may use it.',
  },
  identity: {
    title: 'Identity',
    heading: 'Name the plane',
    sentence: 'What the plane is called, and which cluster it stands for.',
  },
  connection: {
    title: 'Connection',
    heading: 'Connect the cluster',
    sentence: 'How the control plane and the cluster find and trust each other.',
  },
  services: {
    title: 'Gateway and services',
    heading: 'Gateway and services',
    sentence: 'Addresses and services of the cluster that OpenChoreo works with.',
  },
  review: {
    title: 'Review',
    heading: 'Review and register',
    sentence: 'Everything at a glance, before anything is written.',
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
