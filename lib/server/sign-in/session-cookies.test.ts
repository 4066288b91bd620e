import { describe, expect, test } from 'vitest';
import { clearSessionCookies, cookieFormOf, sealedSessionsOf, storeSessionCookies } from './session-cookies';

const SECURE = cookieFormOf('planeboard.example.com', {
  publicUrl: new URL('https://planeboard.example.com'),
});

/** Returns the Cookie header of a browser that keeps these cookies. */
function sentBack(cookies: readonly string[]): string {
  return cookies
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

describe('cookieFormOf', () => {
  test.each([
    ['planeboard.example.com', 'https://planeboard.example.com', '__Host-planeboard'],
    ['planeboard.example.com:8443', 'https://planeboard.example.com:8443', '__Host-planeboard'],
    ['localhost:3000', null, 'planeboard-3000'],
    ['127.0.0.1:8080', null, 'planeboard-8080'],
    ['[::1]:8080', null, 'planeboard-8080'],
    ['localhost', null, 'planeboard-80'],
    // The same server, reached on its own machine without the proxy.
    ['localhost:3000', 'https://planeboard.example.com', 'planeboard-3000'],
    ['localhost:8443', 'https://localhost:8443', '__Host-planeboard'],
    ['192.0.2.7:3000', null, '__Host-planeboard'],
    [null, null, '__Host-planeboard'],
  ])('on %s with PLANEBOARD_URL %s is %s', (host, publicUrl, name) => {
    const form = cookieFormOf(host, { publicUrl: publicUrl === null ? null : new URL(publicUrl) });
    expect(form).toEqual({ name, isSecure: name.startsWith('__Host-') });
  });
});

describe('the cookies of a session', () => {
  test.each([
    [100, ['__Host-planeboard']],
    [3600, ['__Host-planeboard']],
    [3601, ['__Host-planeboard.0', '__Host-planeboard.1']],
    [7600, ['__Host-planeboard.0', '__Host-planeboard.1', '__Host-planeboard.2']],
  ])('of %i characters are %j', (length, names) => {
    const sealed = 'x'.repeat(length);
    const cookies = storeSessionCookies(sealed, SECURE) ?? [];
    expect(
      sentBack(cookies)
        .split('; ')
        .map((pair) => pair.split('=')[0]),
    ).toEqual(names);
    expect(sealedSessionsOf(sentBack(cookies), SECURE)).toContain(sealed);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/(; Max-Age=0)?; HttpOnly; SameSite=Lax; Secure$/);
      expect(cookie.length).toBeLessThan(4096);
    }
    expect(sentBack(cookies).length).toBeLessThan(8000);
  });

  test("can't be larger than what proxies accept", () => {
    expect(storeSessionCookies('x'.repeat(7601), SECURE)).toBeNull();
  });

  test('remove the chunks that a longer session left', () => {
    const removed = (storeSessionCookies('x', SECURE) ?? []).filter((cookie) => cookie.includes('Max-Age=0'));
    expect(removed).toHaveLength(3);
    expect(clearSessionCookies(SECURE)).toHaveLength(4);
    expect(sentBack(clearSessionCookies(SECURE))).toBe('');
  });

  test('have no Secure attribute on loopback without TLS', () => {
    const form = cookieFormOf('localhost:3000', { publicUrl: null });
    expect(storeSessionCookies('x', form)?.[0]).toBe('planeboard-3000=x; Path=/; HttpOnly; SameSite=Lax');
  });
});

describe('sealedSessionsOf', () => {
  const form = { name: 'planeboard-3000', isSecure: false };

  test('returns every cookie of the name, because the first may be of another server', () => {
    const header = 'planeboard-3000=tossed; theme=dark; planeboard-3000=own; planeboard-30001=x';
    expect(sealedSessionsOf(header, form)).toEqual(['tossed', 'own']);
  });

  test('joins chunks with each other, also if someone adds some', () => {
    const header =
      'planeboard-3000.0=tossed; planeboard-3000.0=a; planeboard-3000.1=b; planeboard-3000.1=tossed';
    expect(sealedSessionsOf(header, form)).toContain('ab');
  });

  test('ignores what no session consists of, and what is too large', () => {
    expect(sealedSessionsOf(`planeboard-3000=a b; planeboard-3000=${'x'.repeat(7601)}`, form)).toEqual([]);
    expect(sealedSessionsOf(null, form)).toEqual([]);
  });

  test('tries a limited number', () => {
    const many = Array.from({ length: 300 }, (_, at) => `planeboard-3000.${at % 3}=v${at}`).join('; ');
    expect(sealedSessionsOf(many, form).length).toBeLessThanOrEqual(64);
  });
});
