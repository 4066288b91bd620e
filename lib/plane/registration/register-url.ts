import { kindOfPlural, type PlanePlural } from '@/lib/plane/model/kinds';

/** The wizard's steps in their order. `connect` has a page of its own. */
export const STEPS = ['kind', 'identity', 'connection', 'services', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** What the address of the wizard names. */
export interface RegisterPlace {
  /** Null: none chosen yet, or one that no release has. */
  readonly kind: PlanePlural | null;
  readonly step: Step;
  /** The key of a plane on the same cluster, from which a new draft is filled; null: none. */
  readonly sibling: string | null;
}

interface Params {
  get(name: string): string | null;
}

/** Longer than any plane's key: `clusterobservabilityplanes`, a namespace of 63 and a name of 253 characters. */
const MAX_SIBLING_CHARS = 400;

/**
 * The place that a query string names. Never fails: what is not understood is as if it were not there. A kind without a
 * step has been chosen already, so it leads to the next step.
 */
export function parseRegisterPlace(params: Params): RegisterPlace {
  const kind = kindOfPlural(params.get('kind') ?? '')?.plural ?? null;
  const sibling = (params.get('sibling') ?? '').slice(0, MAX_SIBLING_CHARS) || null;
  const first: Step = kind === null && sibling === null ? 'kind' : 'identity';
  const step = STEPS.find((item) => item === params.get('step')) ?? first;
  return { kind, step, sibling };
}

/** The wizard's address for a place, as short as it can be. */
export function registerPath({ kind, step, sibling }: Partial<RegisterPlace>): `/register${string}` {
  const params = new URLSearchParams();
  if (kind) params.set('kind', kind);
  const isFirst = step === (kind || sibling ? 'identity' : 'kind');
  if (step && !isFirst) params.set('step', step);
  if (sibling) params.set('sibling', sibling);
  const search = params.toString().replaceAll('%2F', '/');
  return search === '' ? '/register' : `/register?${search}`;
}
