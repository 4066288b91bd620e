import type { Step } from '@/lib/plane/draft/draft';

/** What each step is called, and what it is about in one sentence. */
export const STEP_WORDS: Record<Step, { readonly title: string; readonly sentence: string }> = {
  kind: {
    title: 'Kind',
    sentence: 'A plane stands for a cluster that OpenChoreo uses. Choose what the cluster is for.',
  },
  identity: {
    title: 'Identity',
    sentence: 'What the plane is called, and which cluster it stands for.',
  },
  connection: {
    title: 'Connection',
    sentence: 'How the control plane and the cluster find and trust each other.',
  },
  services: {
    title: 'Gateway and services',
    sentence: 'Addresses and services of the cluster that OpenChoreo has to know.',
  },
  review: {
    title: 'Review',
    sentence: 'Everything that will be written, checked by the API server before it is.',
  },
};
