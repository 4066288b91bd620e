import { describe, expect, test } from 'vitest';
import { requireNoWallCookie, wallCookie, wallTokenOf } from './wall-cookie';

const TOKEN = `${'A'.repeat(42)}_`;
const headers = (cookie?: string) => new Headers(cookie === undefined ? {} : { cookie });

describe('the token of a screen', () => {
  test.each([
    [`planeboard_wall=${TOKEN}`, TOKEN],
    [`theme=dark; planeboard_wall=${TOKEN} ; x=y`, TOKEN],
    [`planeboard_wall=short; planeboard_wall=${TOKEN}`, TOKEN],
    [`other_planeboard_wall=${TOKEN}`, null],
    [`planeboard_wall=${TOKEN}x`, null],
    ['planeboard_wall=../../etc', null],
    ['planeboard_wall', null],
    [undefined, null],
  ])('is read from the cookie header %s', (cookie, token) => {
    expect(wallTokenOf(headers(cookie))).toBe(token);
  });
});

describe('a request outside the wall', () => {
  test.each([`planeboard_wall=${TOKEN}`, 'planeboard_wall=', ' a=b;planeboard_wall=x'])(
    'is rejected with the cookie %s',
    (cookie) => {
      expect(() => requireNoWallCookie(headers(cookie))).toThrow(
        expect.objectContaining({ code: 'forbidden' }),
      );
    },
  );

  test.each(['theme=dark', 'xplaneboard_wall=1', undefined])('is accepted with the cookie %s', (cookie) => {
    expect(() => requireNoWallCookie(headers(cookie))).not.toThrow();
  });
});

describe('the cookie', () => {
  test('is limited to the wall, and hidden from scripts', () => {
    expect(wallCookie(TOKEN, 'localhost:3000', { publicUrl: null })).toBe(
      `planeboard_wall=${TOKEN}; Path=/wall; Max-Age=34560000; HttpOnly; SameSite=Lax`,
    );
  });

  test.each([
    ['127.0.0.1:3000', null, false],
    ['[::1]:3000', null, false],
    ['localhost', 'https://planeboard.example.com', false],
    ['planeboard.example.com', 'https://planeboard.example.com', true],
    ['planeboard.example.com', 'http://planeboard.example.com', false],
    ['192.0.2.7:3000', null, true],
    [null, null, true],
  ])('is marked Secure where required: requested as %s, public at %s', (host, publicUrl, secure) => {
    const cookie = wallCookie(TOKEN, host, { publicUrl: publicUrl === null ? null : new URL(publicUrl) });
    expect(cookie.endsWith('; Secure')).toBe(secure);
  });
});
