import { expect, test } from 'vitest';
import type { ProxyConfig } from '@/lib/server/config/proxy-config';
import { IDENTITY_FAULT_HEADER, PROXY_SECRET_HEADER, removeAmbiguousIdentity } from './identity-headers';

const PROXY: ProxyConfig = {
  proof: { kind: 'secret', secrets: ['x'.repeat(32)] },
  userHeader: 'x-forwarded-user',
  groupsHeader: 'x-forwarded-groups',
  userPrefix: '',
  groupsPrefix: '',
  signOutUrl: null,
};
const HONEST = ['X-Forwarded-User', 'maya', 'X-Forwarded-Groups', 'a,b', 'X-Planeboard-Proxy-Secret', 's'];

/** Returns the headers as Node reads them, after the check. */
function checked(rawHeaders: readonly string[], proxy: ProxyConfig | null = PROXY): Record<string, unknown> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    headers[name] = name in headers ? `${headers[name]}, ${rawHeaders[at + 1]}` : (rawHeaders[at + 1] ?? '');
  }
  removeAmbiguousIdentity({ headers, rawHeaders: [...rawHeaders] }, proxy);
  return headers;
}

test('leaves one identity alone', () => {
  expect(checked(HONEST)).toEqual({
    'x-forwarded-user': 'maya',
    'x-forwarded-groups': 'a,b',
    [PROXY_SECRET_HEADER]: 's',
  });
});

test.each([
  ['X-Forwarded-User', 'repeated-header'],
  ['x-forwarded-groups', 'repeated-header'],
  ['X-PLANEBOARD-PROXY-SECRET', 'repeated-header'],
  ['X_Forwarded_User', 'other-spelling'],
  ['X-Forwarded_User', 'other-spelling'],
  ['x_forwarded_groups', 'other-spelling'],
  ['X_Planeboard_Proxy_Secret', 'other-spelling'],
])('removes the identity of a request with %s beside it', (name, fault) => {
  for (const rawHeaders of [
    [...HONEST, name, 'admin'],
    [name, 'admin', ...HONEST],
  ]) {
    const headers = checked(rawHeaders);
    expect(headers).toMatchObject({ [IDENTITY_FAULT_HEADER]: fault });
    for (const kept of ['x-forwarded-user', 'x-forwarded-groups', PROXY_SECRET_HEADER])
      expect(headers).not.toHaveProperty(kept);
  }
});

test('removes a mark that the sender set', () => {
  expect(checked([...HONEST, IDENTITY_FAULT_HEADER, 'x'])).not.toHaveProperty(IDENTITY_FAULT_HEADER);
  expect(checked([IDENTITY_FAULT_HEADER, 'x'], null)).toEqual({});
});

test('watches the header of an assertion', () => {
  const proof = {
    kind: 'assertion',
    header: 'x-assertion',
    issuer: 'i',
    audience: 'a',
    jwksUrl: new URL('https://login.example.com/keys'),
    userClaim: 'sub',
    groupsClaim: 'groups',
  } as const;
  expect(checked(['X-Assertion', 'a', 'X_Assertion', 'b'], { ...PROXY, proof })).toMatchObject({
    [IDENTITY_FAULT_HEADER]: 'other-spelling',
  });
});
