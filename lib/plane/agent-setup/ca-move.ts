import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { planeCountText } from '@/lib/plane/model/text';

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
 * Describes that the known planes need no move. That no plane needs one follows only if all planes are known and
 * checked.
 *
 * @param unchecked how many planes' certificates weren't checked
 */
export function noMovesText({
  allPlanesKnown,
  unchecked,
}: {
  readonly allPlanesKnown: boolean;
  readonly unchecked: number;
}): { readonly title: string; readonly text: string } {
  if (unchecked > 0) return { title: 'No known planes to move', text: uncheckedMovesText(unchecked) };
  return allPlanesKnown
    ? { title: 'No planes to move', text: "No plane depends on its agent's self-signed certificate." }
    : {
        title: 'No known planes to move',
        text: "None of the planes you can see depends on its agent's self-signed certificate.",
      };
}

/** Describes that the certificates of some planes weren't checked. */
export function uncheckedMovesText(count: number): string {
  return `The certificates of ${planeCountText(count)} weren't checked: Planeboard's account can't read the Secrets, or hasn't read them yet.`;
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
