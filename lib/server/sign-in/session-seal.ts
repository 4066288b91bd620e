import 'server-only';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { packedTokenSchema, packToken, unpackToken } from './packed-token';
import { openJson, sealJson } from './sealed-json';
import { isCurrent, type Session, sessionSchema } from './session';

const sealedSchema = sessionSchema.extend({
  credential: packedTokenSchema,
  refreshToken: packedTokenSchema.optional(),
});

/** Returns a session encrypted and authenticated with the first key. */
export async function sealSession(session: Session, config: Pick<SessionConfig, 'keys'>): Promise<string> {
  const { credential, refreshToken, ...rest } = session;
  const packed = {
    ...rest,
    credential: packToken(credential),
    ...(refreshToken === undefined ? {} : { refreshToken: packToken(refreshToken) }),
  };
  return sealJson('session', packed, config);
}

/**
 * Returns the session in a sealed text; null if the text was sealed with another key, was changed, isn't a session or
 * has expired. Never throws: anything can send such a text.
 */
export async function openSession(
  sealed: string,
  config: SessionConfig,
  nowMs: number,
): Promise<Session | null> {
  try {
    const { credential, refreshToken, ...rest } = sealedSchema.parse(
      await openJson('session', sealed, config),
    );
    const session: Session = {
      ...rest,
      credential: unpackToken(credential),
      ...(refreshToken === undefined ? {} : { refreshToken: unpackToken(refreshToken) }),
    };
    return isCurrent(session, config, nowMs) ? session : null;
  } catch {
    return null;
  }
}
