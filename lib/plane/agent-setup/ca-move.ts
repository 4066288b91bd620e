import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';

/**
 * How far a plane has moved from its agent's own self-signed certificate to a CA, judged by what is registered:
 * `leaf` has only self-signed certificates, `both` has another beside them, and `moved` has none. `unknown` can't be
 * judged.
 */
export type CaMoveState = 'leaf' | 'both' | 'moved' | 'unknown';

/** Returns the state of a plane's move, from the certificates that are registered now. */
export function caMoveState(certificate: CertificateFact): CaMoveState {
  if (certificate.state !== 'parsed') return 'unknown';
  const leaves = [certificate, ...(certificate.earlier ?? [])].filter(({ selfSignedLeaf }) => selfSignedLeaf);
  if (leaves.length === 0) return 'moved';
  return leaves.length < certificate.count && !certificate.selfSignedLeaf ? 'both' : 'leaf';
}

/** Returns whether a plane is still to be moved. One that is being deleted isn't worth the work. */
export function isMoveOpen({
  deletingSince,
  facts: { certificate },
}: Pick<Plane, 'deletingSince'> & {
  readonly facts: { readonly certificate: CertificateFact };
}): boolean {
  const state = caMoveState(certificate);
  return deletingSince === undefined && (state === 'leaf' || state === 'both');
}

/** Returns whether it isn't known if a plane with an agent has to be moved, because its certificate wasn't checked. */
export function isMoveUnchecked({
  connection,
  unreadable,
  deletingSince,
  facts: { certificate },
}: Pick<Plane, 'connection' | 'unreadable' | 'deletingSince'> & {
  readonly facts: { readonly certificate: CertificateFact };
}): boolean {
  const isJudged = connection === 'agent' && !unreadable && deletingSince === undefined;
  return isJudged && certificate.state === 'not-checked';
}

/**
 * Returns what to do next, in a phrase.
 *
 * @param hasCommands whether the charts of the plane's release are known, so that its page has commands
 */
export function caMoveNext(state: CaMoveState, hasCommands: boolean): string {
  switch (state) {
    case 'leaf':
      return hasCommands
        ? 'Create a CA and register it'
        : "Have a CA issue the agent's certificate, and register that CA";
    case 'both':
      return hasCommands
        ? 'Switch the chart, restart the agent, and remove the old certificate'
        : 'Give the agent a certificate of the CA, restart it, and remove the old certificate';
    case 'moved':
      return 'The self-signed certificate is no longer registered';
    case 'unknown':
      return "The registered certificate can't be read";
  }
}
