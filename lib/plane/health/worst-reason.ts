import type { Health } from './health';

/** Without a readable CA, the controller writes no status. */
const OF_SILENCE: readonly string[] = [
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'certificate-unparsable',
];
/** With these, the gateway also rejects a connecting agent. */
const OF_REFUSAL: readonly string[] = [
  ...OF_SILENCE,
  'certificate-expired',
  'certificate-partly-unparsable',
  'certificate-partly-expired',
  'certificate-not-yet-valid',
  'certificate-unusable',
];
const REFUSED: readonly string[] = ['agent-lost', 'agent-refused', 'never-connected'];

/**
 * Describes the worst of a plane's problems for a list that knows only its health: the reason that names the state
 * or, if that reason can only guess, the cause that is known. Empty for a plane without reasons.
 */
export function worstReasonText({ reasons }: Pick<Health, 'reasons'>): string {
  const [first] = reasons;
  if (first === undefined) return '';
  if (first.code === 'status-missing') {
    const cause = reasons.find(({ code }) => OF_SILENCE.includes(code));
    return cause
      ? `No status reported, most likely because of the agent CA. ${cause.message}`
      : first.message;
  }
  const refusal = REFUSED.includes(first.code)
    ? reasons.find(({ code }) => OF_REFUSAL.includes(code))
    : undefined;
  // The plane's page uses the same order: the cause of a rejection comes before the disconnection.
  return refusal ? `${refusal.message} ${first.message}` : first.message;
}
