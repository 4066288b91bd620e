import { describe, expect, test } from 'vitest';
import { isKnownHost } from './known-hosts';

const own = { host: '127.0.0.1', publicUrl: null };
const published = { host: '0.0.0.0', publicUrl: new URL('https://planeboard.example.com') };

describe('isKnownHost', () => {
  test.each(['localhost', 'localhost:3000', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])(
    'answers to the loopback name %s',
    (host) => expect(isKnownHost(host, own)).toBe(true),
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '0.0.0.0',
    'planeboard.example.com',
    '',
    'a b',
    'localhost@evil.example',
    'evil.example#localhost',
  ])("doesn't answer to %j", (host) => expect(isKnownHost(host, own)).toBe(false));

  test("doesn't answer without a Host header", () => expect(isKnownHost(null, own)).toBe(false));

  test('answers to the public name and to the name it listens on', () => {
    expect(isKnownHost('planeboard.example.com', published)).toBe(true);
    expect(isKnownHost('planeboard.example.com:8443', published)).toBe(true);
    expect(isKnownHost('board.internal:3000', { host: 'board.internal', publicUrl: null })).toBe(true);
  });

  test('treats a wildcard address as no name', () => {
    expect(isKnownHost('0.0.0.0:3000', published)).toBe(false);
  });
});
