import type { Health } from './health';

/** Without a CA that can be read the controller writes no status. */
const OF_SILENCE: readonly string[] = [
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'certificate-unparsable',
];
/** With these an agent that dials in is refused as well. */
const OF_REFUSAL: readonly string[] = [
  ...OF_SILENCE,
  'certificate-expired',
  'certificate-partly-expired',
  'certificate-not-yet-valid',
];
const REFUSED: readonly string[] = ['agent-lost', 'never-connected'];

/**
 * The worst of a plane's findings in words, for a list that knows no more than its health: the reason that names the
 * state, and where that can only guess at causes of which one is known, the known one. Empty for a plane without reasons.
 */
export function worstReasonText({ reasons }: Pick<Health, 'reasons'>): string {
  const [first] = reasons;
  if (first === undefined) return '';
  if (first.code === 'status-missing') {
    const cause = reasons.find(({ code }) => OF_SILENCE.includes(code));
    return cause ? `No status reported, most likely because of its CA: ${cause.message}` : first.message;
  }
  const refusal = REFUSED.includes(first.code)
    ? reasons.find(({ code }) => OF_REFUSAL.includes(code))
    : undefined;
  // The page of the plane tells them in the same order: what keeps an agent out comes before that it is out.
  return refusal ? `${refusal.message} ${first.message}` : first.message;
}
