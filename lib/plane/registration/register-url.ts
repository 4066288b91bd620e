import { kindOfPlural, type PlanePlural } from '@/lib/plane/model/kinds';

/** The wizard's steps in order. `connect` has a page of its own. */
export const STEPS = ['kind', 'identity', 'connection', 'services', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** The wizard's state in its URL. */
export interface RegisterPlace {
  /** Null if no kind is chosen or no release has it. */
  readonly kind: PlanePlural | null;
  readonly step: Step;
  /** The key of a plane on the same cluster that prefills a new draft, or null. */
  readonly sibling: string | null;
}

interface Params {
  get(name: string): string | null;
}

/** Longer than any plane's key: `clusterobservabilityplanes`, a namespace of 63 and a name of 253 characters. */
const MAX_SIBLING_CHARS = 400;

/**
 * Reads the place from a query string. Never fails: unknown values count as absent. A kind without a step has already
 * been chosen, so it leads to the next step.
 */
export function parseRegisterPlace(params: Params): RegisterPlace {
  const kind = kindOfPlural(params.get('kind') ?? '')?.plural ?? null;
  const sibling = (params.get('sibling') ?? '').slice(0, MAX_SIBLING_CHARS) || null;
  const first: Step = kind === null && sibling === null ? 'kind' : 'identity';
  const step = STEPS.find((item) => item === params.get('step')) ?? first;
  return { kind, step, sibling };
}

/** Returns the shortest URL of a place in the wizard. */
export function registerPath({ kind, step, sibling }: Partial<RegisterPlace>): `/register${string}` {
  const params = new URLSearchParams();
  if (kind) params.set('kind', kind);
  const isFirst = step === (kind || sibling ? 'identity' : 'kind');
  if (step && !isFirst) params.set('step', step);
  if (sibling) params.set('sibling', sibling);
  const search = params.toString().replaceAll('%2F', '/');
  return search === '' ? '/register' : `/register?${search}`;
}
