import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';

/**
 * When the gateway checks a connected agent against a changed CA. `at-once`: the controller makes it check open
 * connections. `next-connect`: open connections stay, and the CA is checked when an agent connects.
 */
export type CaCheck = 'at-once' | 'next-connect';

/**
 * Returns when a change of a plane's CA reaches connected agents. Only a namespaced plane's controller reacts to a
 * changed inline CA. No controller watches Secrets, and those of cluster-wide planes don't check again.
 *
 * @param stored where the CA is stored
 */
export function caCheckOf(kind: string, stored: 'inline' | 'secret'): CaCheck {
  return kindOfName(kind)?.scope === 'Namespaced' && stored === 'inline' ? 'at-once' : 'next-connect';
}

/**
 * Says what happens to an agent that a changed CA doesn't verify, and when, as a sentence.
 *
 * @param check `no-agent`: none is connected
 * @param agent begins a sentence, in the singular: `The connected agent`
 */
export function rejectionText(check: CaCheck | 'no-agent', agent: string): string {
  if (check === 'no-agent') return `${agent} is rejected when it connects.`;
  return check === 'at-once'
    ? `${agent} loses its connection within seconds, because the gateway checks open connections at once.`
    : `${agent} stays connected for now. The gateway rejects it the next time it connects.`;
}

const REJECTED_AGENT: Record<CaCheck | 'no-agent', string> = {
  'at-once':
    "This plane's CA is in the plane resource, so the gateway checks open connections at once. An agent that still uses the old certificate loses its connection within seconds.",
  'next-connect':
    'Open connections stay open. The gateway rejects an agent that still uses the old certificate the next time it connects.',
  'no-agent': 'Afterwards, the gateway rejects an agent that uses the old certificate.',
};

/**
 * Says what happens to an agent whose certificate the changed CA doesn't verify, in sentences. Open connections matter
 * unless the status reports that there are none.
 */
export function rejectedAgentText(check: CaCheck, { agent }: Pick<Plane, 'agent'>): string {
  return REJECTED_AGENT[agent?.connected === false ? 'no-agent' : check];
}

/** Returns whether a text is from `rejectedAgentText`, whichever plane it's about. */
export function isRejectedAgentText(text: string): boolean {
  return Object.values(REJECTED_AGENT).includes(text);
}

/** Says what a connected agent proves after a certificate was removed, and what to do to be sure. */
export function afterRemovalText(check: CaCheck): string {
  return check === 'at-once'
    ? 'The gateway checked open connections at once, so an agent that is connected now uses a certificate that is still stored.'
    : 'Open connections stay open: the gateway checks certificates only when an agent connects. To be sure, restart the agent again and check that it reconnects.';
}
