import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { CSRF_HEADER } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { requestCredential, requireCsrf, sessionOf } from './request-credential';
import { newSession, renewedSession, type Session } from './session';
import { sealSession } from './session-seal';

vi.stubEnv('PLANEBOARD_AUTH', 'token');
vi.stubEnv('PLANEBOARD_SESSION_KEYS', randomBytes(32).toString('base64'));
clearProcessSlots();
afterAll(() => {
  vi.unstubAllEnvs();
  clearProcessSlots();
});

const NAME = 'planeboard-3000';

function signedIn(user = 'maya'): Session {
  return newSession({ mode: 'token', credential: `${user}-token`, user }, Date.now());
}

async function sealed(session: Session): Promise<string> {
  const { session: limits } = getConfig();
  if (!limits) throw new Error('There is no sign-in.');
  return sealSession(session, limits);
}

function headersOf(fields: Record<string, string>): Headers {
  return new Headers({ host: 'localhost:3000', ...fields });
}

describe('requestCredential', () => {
  const session = signedIn();

  test('is the session of a cookie, also beside cookies of others', async () => {
    const cookie = `${NAME}=a.b.c.d.e; ${NAME}=${await sealed(session)}; ${NAME}=x`;
    expect(await requestCredential(headersOf({ cookie }))).toEqual({ kind: 'session', session });
  });

  test.each(['Bearer abc', 'bearer abc', 'Bearer  abc '])('is the token of %j', async (authorization) => {
    expect(await requestCredential(headersOf({ authorization }))).toEqual({ kind: 'bearer', token: 'abc' });
  });

  test.each(['Basic bWF5YTpwdw==', 'Bearer', 'Bearer a b', 'abc'])(
    'is nothing for %j',
    async (authorization) => {
      expect(await requestCredential(headersOf({ authorization }))).toBeNull();
    },
  );

  test("isn't a cookie that doesn't open", async () => {
    expect(await requestCredential(headersOf({ cookie: `${NAME}=a.b.c.d.e` }))).toBeNull();
    const authorization = 'Bearer abc';
    expect(await requestCredential(headersOf({ cookie: `${NAME}=a.b.c.d.e`, authorization }))).toMatchObject({
      kind: 'bearer',
    });
  });

  test('rejects a session and a token together', async () => {
    const headers = headersOf({ cookie: `${NAME}=${await sealed(session)}`, authorization: 'Bearer abc' });
    await expect(requestCredential(headers)).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('sessionOf', () => {
  test('is the newest of one session, and none of two', async () => {
    const session = signedIn();
    const renewed = renewedSession(session, session.renewedAtMs + 1000);
    const both = `${NAME}=${await sealed(session)}; ${NAME}=${await sealed(renewed)}`;
    expect(await sessionOf(headersOf({ cookie: both }))).toEqual(renewed);
    const tossed = `${NAME}=${await sealed(signedIn('mallory'))}; ${NAME}=${await sealed(session)}`;
    expect(await sessionOf(headersOf({ cookie: tossed }))).toBeNull();
  });

  test("isn't one of a way to sign in that was taken away", async () => {
    const cookie = `${NAME}=${await sealed(signedIn())}`;
    expect(await sessionOf(headersOf({ cookie }), { ...getConfig(), auth: ['proxy'] })).toBeNull();
  });

  test("isn't the cookie of another port or of the TLS name", async () => {
    const text = await sealed(signedIn());
    expect(await sessionOf(headersOf({ cookie: `planeboard-4000=${text}` }))).toBeNull();
    expect(await sessionOf(headersOf({ cookie: `__Host-planeboard=${text}` }))).toBeNull();
  });
});

describe('requireCsrf', () => {
  const session = signedIn();

  test("accepts the session's value", () => {
    expect(() => requireCsrf(headersOf({ [CSRF_HEADER]: session.csrf }), session)).not.toThrow();
  });

  test.each([
    ['no value', {}],
    ['an empty value', { [CSRF_HEADER]: '' }],
    ['the value of another session', { [CSRF_HEADER]: signedIn().csrf }],
    ['a longer value', { [CSRF_HEADER]: `${session.csrf}x` }],
  ])('rejects %s', (_, fields) => {
    expect(() => requireCsrf(headersOf(fields as Record<string, string>), session)).toThrow(
      expect.objectContaining({ code: 'csrf' }),
    );
  });
});
