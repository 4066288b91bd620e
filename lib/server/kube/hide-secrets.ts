import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { redactObject } from '@/lib/plane/masking/redact';
import { LEFT_OUT } from './kube-status';

/** Shorter lines of a key reveal nothing, and shorter passwords are words that occur in any sentence. */
const MIN_FRAGMENT = 8;
/** A text that repeats a part of a long secret is recognised by pieces of this length. */
const PIECE = 24;
const WHOLE_PIECES = new RegExp(`.{${PIECE}}`, 'g');

/**
 * Returns a filter for texts of others (the API server, an admission webhook, a policy). A text that repeats a secret
 * is replaced as a whole. Values that Kubernetes itself quotes are removed earlier, but a webhook may write anything.
 */
export function hideSecrets(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.filter((secret) => secret.trim() !== '').flatMap(formsOf);
  return (text) => (forms.some((form) => text.includes(form)) ? LEFT_OUT : text);
}

/** Returns every value of a resource that is masked for display. */
export function secretValues(raw: JsonObject): string[] {
  return redactObject(raw)
    .masked.map((path) => valueAt(raw, path))
    .flatMap((value) => (typeof value === 'string' ? [value] : []));
}

/** Returns the forms in which a text can repeat a secret: verbatim, line by line, quoted, in base64. */
function formsOf(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = trimmed.split(/\r?\n/).filter((line) => !line.startsWith('-----'));
  const forms = [trimmed, ...lines, JSON.stringify(trimmed).slice(1, -1)];
  const encoded = [secret, trimmed].map((text) => Buffer.from(text, 'utf8').toString('base64'));
  const pieces = [...lines, ...encoded].flatMap((text) => text.match(WHOLE_PIECES) ?? []);
  const found = [...forms, ...encoded, ...pieces].filter((form) => form.length >= MIN_FRAGMENT);
  // A short secret counts only where it is quoted.
  return trimmed.length < MIN_FRAGMENT ? [...found, JSON.stringify(trimmed)] : found;
}
