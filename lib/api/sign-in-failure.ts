import { z } from '@/lib/zod';

/** Why a sign-in with an identity provider, or a renewal, failed. A sentence for each, defined only here. */
export const SIGN_IN_FAILURES = {
  cancelled: 'The sign-in was cancelled at the identity provider.',
  refused: "The identity provider doesn't accept this session any more. Sign in again.",
  'not-renewed': "Your session couldn't be renewed. Sign in again.",
  unreachable: "The identity provider isn't responding. Try again.",
  untrusted: "The identity provider's answer can't be trusted. Planeboard's log says why.",
  misconfigured: "The identity provider doesn't accept Planeboard's settings. Planeboard's log says why.",
  'no-renewal':
    'The identity provider issues no refresh token, so the session ends with its ID token. Sign in again.',
  'too-many-groups':
    'You are in more groups than the identity provider writes into an ID token. Your administrator can limit it to the groups that are assigned to this application.',
  'too-large':
    "The identity provider's tokens don't fit into cookies. Your administrator can limit the groups in them.",
  rejected:
    "The API server doesn't accept the ID token. Its own OpenID Connect settings must name the same issuer and client id, and its clock must agree with the provider's.",
  unnamed: "The identity provider's ID token doesn't name you, or names an unverified email address.",
  'not-impersonated':
    "Planeboard's account isn't permitted to act for you. Ask your administrator for its permission to impersonate.",
  'other-person': 'The identity provider now names you differently. Sign in again.',
  'api-server-unreachable': "The API server isn't responding, so it can't check who you are. Try again.",
  expired: 'This sign-in took too long, or was begun in another browser. Try again.',
  'rate-limited': 'There were too many attempts to sign in. Wait a minute, then try again.',
  'not-audited': "The audit log can't be written, so you can't sign in now.",
  internal: 'Signing in failed. Try again.',
} as const satisfies Record<string, string>;

export type SignInFailure = keyof typeof SIGN_IN_FAILURES;

export const signInFailureSchema = z.enum(
  Object.keys(SIGN_IN_FAILURES) as [SignInFailure, ...SignInFailure[]],
);
