import type { Health } from '../health-state';

const CAUSES: readonly string[] = [
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'certificate-unparsable',
];

/**
 * The worst of a plane's findings in words, for a list that knows no more than its health: the reason that names the
 * state, and where that can only guess at causes of which one is known, the known one. Empty for a plane without reasons.
 */
export function worstFindingWords({ reasons }: Pick<Health, 'reasons'>): string {
  const [first] = reasons;
  if (first?.code !== 'status-missing') return first?.message ?? '';
  const cause = reasons.find(({ code }) => CAUSES.includes(code));
  return cause ? `No status reported, most likely because of its CA: ${cause.message}` : first.message;
}
