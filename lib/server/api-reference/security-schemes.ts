import 'server-only';
import { CSRF_HEADER } from '@/lib/api/session';
import type { ApiOperation } from './operation';

/** The ways to say who asks. */
export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      "A token that the API server accepts, such as one of a ServiceAccount. Needed whenever people sign in; without sign-in, requests need no credential and have the kubeconfig's permissions.",
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-planeboard',
    description:
      'The session of a browser. A long one has numbered cookies (`__Host-planeboard.0`), and on loopback without TLS the name is `planeboard-<port>`. A request with both a session and a token is rejected.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: CSRF_HEADER,
    description:
      'The `csrf` of `GET /api/session`. Writes with a session need it; those with a token do not.',
  },
} as const;

/** Returns what an operation needs of these: a token, or a browser's session, whose writes need the CSRF value too. */
export function securityOf({ isPublic, method }: ApiOperation): readonly Record<string, readonly never[]>[] {
  if (isPublic === true) return [];
  return [{ bearer: [] }, method === 'GET' ? { session: [] } : { session: [], csrf: [] }];
}
