import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Config, getConfig } from '@/lib/server/config/config';
import { isImpersonable } from '@/lib/server/config/impersonation-config';
import type { ProxyConfig } from '@/lib/server/config/proxy-config';
import { IDENTITY_FAULT_HEADER, PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { verifyAssertion } from './proxy-assertion';
import { noteRefusedIdentity } from './refused-identity';

/** Whom the proxy in front of Planeboard says a request is from, with the configured prefixes. */
export interface ProxyIdentity {
  readonly user: string;
  readonly groups: readonly string[];
  /** When the proof expires, in milliseconds since the epoch; null: it doesn't say. */
  readonly endsAtMs: number | null;
}

/** A claimed identity, before its prefixes. */
interface Claimed {
  readonly user: string;
  readonly groups: readonly string[];
  readonly endsAtMs: number | null;
}

/**
 * Returns whom the proxy says a request is from; null if it says nothing, or nothing that is proven: such a request counts
 * as if no one had signed in, and a refusal is logged.
 *
 * @throws ProblemError `sign-in-unavailable` if an assertion can't be verified now
 */
export async function proxyIdentityOf(
  headers: Headers,
  { proxy }: Pick<Config, 'proxy'> = getConfig(),
): Promise<ProxyIdentity | null> {
  if (!proxy) return null;
  const claimed = await claimedIdentity(headers, proxy);
  if (claimed === null) return null;
  if (typeof claimed === 'string') return refused(headers, claimed);
  const user = claimed.user === '' ? '' : `${proxy.userPrefix}${claimed.user}`;
  if (!isImpersonable(user)) return refused(headers, 'invalid-user');
  const groups = [...new Set(claimed.groups.map((group) => `${proxy.groupsPrefix}${group}`))];
  return { user, groups, endsAtMs: claimed.endsAtMs };
}

/** Returns what a request claims and proves; null if it claims nothing, and the reason if it isn't proven. */
async function claimedIdentity(headers: Headers, proxy: ProxyConfig): Promise<Claimed | string | null> {
  const fault = headers.get(IDENTITY_FAULT_HEADER);
  if (fault !== null) return fault;
  if (proxy.proof.kind === 'secret') return headerIdentity(headers, proxy, proxy.proof.secrets);
  const assertion = headers.get(proxy.proof.header);
  return assertion === null ? null : verifyAssertion(assertion, proxy.proof);
}

function headerIdentity(
  headers: Headers,
  { userHeader, groupsHeader }: ProxyConfig,
  secrets: readonly string[],
): Claimed | string | null {
  const sent = headers.get(PROXY_SECRET_HEADER);
  const user = headers.get(userHeader)?.trim() ?? '';
  const groups = headers.get(groupsHeader) ?? '';
  if (sent === null) return user === '' && groups === '' ? null : 'no-proof';
  if (!secrets.map((secret) => isEqual(sent, secret)).includes(true)) return 'wrong-proof';
  // The proxy lets some requests pass without a person.
  if (user === '') return null;
  // Two headers that something on the way has joined.
  if (user.includes(',')) return 'repeated-header';
  return { user, groups: namesIn(groups), endsAtMs: null };
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Takes the same time whatever differs, the lengths included. */
function isEqual(sent: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(sent), digest(secret));
}

function refused(headers: Headers, reason: string): null {
  noteRefusedIdentity(headers, 'proxy', reason);
  return null;
}
