import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireNoWallCookie, setKnownWallTokens, wallCookie, wallTokensOf } from './wall-cookie';

const TOKEN = `${'A'.repeat(42)}_`;
const OTHER = 'B'.repeat(43);
const headers = (cookie?: string) => new Headers(cookie === undefined ? {} : { cookie });

describe('the tokens of a screen', () => {
  test.each([
    [`planeboard_wall=${TOKEN}`, [TOKEN]],
    [`theme=dark; planeboard_wall=${TOKEN} ; x=y`, [TOKEN]],
    [`planeboard_wall=short; planeboard_wall=${TOKEN}`, [TOKEN]],
    [`planeboard_wall=${OTHER}; planeboard_wall=${TOKEN}; planeboard_wall=${OTHER}`, [OTHER, TOKEN]],
    [`planeboard_wall=${OTHER}; __Secure-planeboard_wall=${TOKEN}`, [TOKEN, OTHER]],
    [`other_planeboard_wall=${TOKEN}`, []],
    [`planeboard_wall=${TOKEN}x`, []],
    ['planeboard_wall=../../etc', []],
    ['planeboard_wall', []],
    [undefined, []],
  ])('are read from the cookie header %s', (cookie, tokens) => {
    expect(wallTokensOf(headers(cookie))).toEqual(tokens);
  });

  test('include the right one, however many others there are', () => {
    const many = Array.from({ length: 200 }, (_, index) => String(index).padStart(43, 'A'));
    const cookie = [...many, TOKEN].map((token) => `planeboard_wall=${token}`).join('; ');
    expect(wallTokensOf(headers(cookie))).toEqual([...many, TOKEN]);
  });
});

describe('a request outside the wall', () => {
  beforeAll(() => setKnownWallTokens((token) => token === TOKEN));
  afterAll(() => setKnownWallTokens(() => false));

  test.each([
    `planeboard_wall=${TOKEN}`,
    ` a=b;planeboard_wall=x; planeboard_wall=${OTHER}; planeboard_wall=${TOKEN}`,
  ])('is rejected with the token of a wall link: %s', (cookie) => {
    expect(() => requireNoWallCookie(headers(cookie))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });

  test.each([
    'theme=dark',
    `xplaneboard_wall=${TOKEN}`,
    'planeboard_wall=',
    'planeboard_wall=x',
    `planeboard_wall=${OTHER}`,
    undefined,
  ])('is accepted with a cookie that another server may have set: %s', (cookie) => {
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
  ])(
    'is marked Secure, and named so, where required: requested as %s, public at %s',
    (host, publicUrl, secure) => {
      const cookie = wallCookie(TOKEN, host, { publicUrl: publicUrl === null ? null : new URL(publicUrl) });
      expect(cookie.endsWith('; Secure')).toBe(secure);
      expect(cookie.startsWith('__Secure-planeboard_wall=')).toBe(secure);
    },
  );
});
