import { randomBytes } from 'node:crypto';
import { CompactEncrypt, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { newSession, renewedSession, type Session } from './session';
import { openSession, sealSession } from './session-seal';

const KEY = new Uint8Array(randomBytes(32));
const OTHER_KEY = new Uint8Array(randomBytes(32));
const LIMITS = { keys: [KEY], idleMs: 15 * 60_000, maxMs: 12 * 3_600_000 };
const NOW_MS = Date.parse('2026-03-01T10:00:00Z');
const TOKEN = `eyJ.${randomBytes(600).toString('base64url')}.${randomBytes(256).toString('base64url')}`;

const session = newSession({ mode: 'token', credential: TOKEN, user: 'maya' }, NOW_MS);

async function open(sealed: string, nowMs = NOW_MS, keys = [KEY]): Promise<Session | null> {
  return openSession(sealed, { ...LIMITS, keys }, nowMs);
}

describe('a sealed session', () => {
  test('opens with the same key, and shows nothing of its content', async () => {
    const sealed = await sealSession(session, LIMITS);
    expect(await open(sealed)).toEqual(session);
    expect(sealed).not.toContain(session.csrf);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('maya');
  });

  test('is hardly longer than its token', async () => {
    expect((await sealSession(session, LIMITS)).length).toBeLessThan(TOKEN.length * 1.35);
  });

  test('opens while its key is rotated, and not after that', async () => {
    const sealed = await sealSession(session, LIMITS);
    expect(await open(sealed, NOW_MS, [OTHER_KEY, KEY])).toEqual(session);
    expect(await open(sealed, NOW_MS, [OTHER_KEY])).toBeNull();
    const renewed = await sealSession(session, { keys: [OTHER_KEY, KEY] });
    expect(await open(renewed, NOW_MS, [OTHER_KEY])).toEqual(session);
  });

  test("doesn't open with a changed character", async () => {
    const sealed = await sealSession(session, LIMITS);
    const parts = sealed.split('.');
    for (const at of [0, 2, 3, 4]) {
      const part = parts[at] ?? '';
      const changed = `${part.slice(0, 4)}${part[4] === 'A' ? 'B' : 'A'}${part.slice(5)}`;
      expect(await open(parts.with(at, changed).join('.'))).toBeNull();
    }
  });

  test.each([
    ['an empty text', ''],
    ['noise', 'a.b.c.d.e'],
    ['an unsecured token', new UnsecuredJWT({ user: 'maya' }).encode()],
  ])("isn't %s", async (_, text) => expect(await open(text)).toBeNull());

  test("isn't what the configured key itself encrypts, or what has another content", async () => {
    const sealed = await sealSession(session, LIMITS);
    const header = JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString('utf8'));
    const forged = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(session)))
      .setProtectedHeader(header)
      .encrypt(KEY);
    expect(await open(forged)).toBeNull();
    const other = await sealSession({ ...session, mode: 'proxy' } as unknown as Session, LIMITS);
    expect(await open(other)).toBeNull();
  });
});

describe('a session ends', () => {
  test('15 minutes after its last renewal', async () => {
    const sealed = await sealSession(session, LIMITS);
    expect(await open(sealed, NOW_MS + LIMITS.idleMs - 1)).not.toBeNull();
    expect(await open(sealed, NOW_MS + LIMITS.idleMs)).toBeNull();
    const renewed = await sealSession(renewedSession(session, NOW_MS + 600_000), LIMITS);
    expect(await open(renewed, NOW_MS + LIMITS.idleMs)).not.toBeNull();
  });

  test('12 hours after the sign-in, however often it is renewed', async () => {
    const renewed = await sealSession(renewedSession(session, NOW_MS + LIMITS.maxMs - 1000), LIMITS);
    expect(await open(renewed, NOW_MS + LIMITS.maxMs - 1)).not.toBeNull();
    expect(await open(renewed, NOW_MS + LIMITS.maxMs)).toBeNull();
  });

  test('at once if it comes from the future', async () => {
    const sealed = await sealSession(session, LIMITS);
    expect(await open(sealed, NOW_MS - 30_000)).not.toBeNull();
    expect(await open(sealed, NOW_MS - 120_000)).toBeNull();
  });
});

test('a sign-in always has a new id and CSRF value, and a renewal keeps both', () => {
  const again = newSession(session, NOW_MS);
  expect(again.id).not.toBe(session.id);
  expect(again.csrf).not.toBe(session.csrf);
  expect(renewedSession(session, NOW_MS + 1)).toEqual({ ...session, renewedAtMs: NOW_MS + 1 });
});
