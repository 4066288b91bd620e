import 'server-only';
import { CERTIFICATE_PURPOSES } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/** Shorter lines of a key say nothing, and shorter passwords are words that may stand in any sentence. */
const MIN_FRAGMENT = 8;
/** Whoever repeats a part of a long secret is found by the pieces in it. */
const PIECE = 24;
const WHOLE_PIECES = new RegExp(`.{${PIECE}}`, 'g');
const LEFT_OUT = 'What the API server says about this repeats a secret, so it is not shown.';

/**
 * A filter for texts that others wrote (the API server, an admission webhook, a policy) about a draft: one that repeats
 * a key, token or password of the draft is replaced as a whole. Values that Kubernetes itself quotes are left out
 * before; a webhook may write anything.
 */
export function withoutMaterial(draft: Draft, kind: InstalledKind): (text: string) => string {
  const certificates = new Set(
    credentialSlots(kind)
      .filter(({ purpose }) => CERTIFICATE_PURPOSES.some((one) => one === purpose))
      .map(({ id }) => id),
  );
  const secrets = Object.entries(draft.credentials)
    .filter(
      ([slotId, { text }]) => text.trim() !== '' && !(certificates.has(slotId) && isCertificateOnly(text)),
    )
    .map(([, { text }]) => text);
  return withoutTexts(secrets);
}

/** The same filter for secrets that are given as they are. */
export function withoutTexts(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.filter((secret) => secret.trim() !== '').flatMap(fragments);
  return (text) => (forms.some((form) => text.includes(form)) ? LEFT_OUT : text);
}

/** What somebody put in a certificate's place may be a key all the same. */
function isCertificateOnly(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY');
}

/** A secret in the forms in which a text can repeat it: as it is, line by line, quoted, in base64. */
function fragments(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = trimmed.split(/\r?\n/).filter((line) => !line.startsWith('-----'));
  const forms = [trimmed, ...lines, JSON.stringify(trimmed).slice(1, -1)];
  const encoded = [secret, trimmed].map((text) => Buffer.from(text, 'utf8').toString('base64'));
  const pieces = [...lines, ...encoded].flatMap((text) => text.match(WHOLE_PIECES) ?? []);
  const found = [...forms, ...encoded, ...pieces].filter((form) => form.length >= MIN_FRAGMENT);
  // A short one only where it is quoted.
  return trimmed.length < MIN_FRAGMENT ? [...found, JSON.stringify(trimmed)] : found;
}
