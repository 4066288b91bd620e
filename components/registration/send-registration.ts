import { type RegistrationAnswer, registrationAnswerSchema } from '@/lib/api/registration';
import { postJson } from '@/lib/client/api/api-request';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/**
 * The draft as it is sent: without the credentials of ways that were not chosen, which are nobody's business.
 */
export function sentDraft(draft: Draft, kind: InstalledKind): Draft {
  const active = new Set(activeSlots(kind, draft).map((slot) => slot.id));
  const credentials = Object.entries(draft.credentials).filter(([slotId]) => active.has(slotId));
  return { ...draft, credentials: Object.fromEntries(credentials) };
}

/** Has the API server check every object of a draft without writing any. Throws an ApiError, or the AbortError. */
export async function checkRegistration(
  draft: Draft,
  kind: InstalledKind,
  signal: AbortSignal,
): Promise<RegistrationAnswer> {
  const body = sentDraft(draft, kind);
  return registrationAnswerSchema.parse(await postJson('/api/registrations?dryRun=true', body, signal));
}

/**
 * Registers the plane. Sending the same draft again is safe: it is recognised by its id. Throws an ApiError; one
 * without a problem says nothing about whether something was written.
 */
export async function sendRegistration(draft: Draft, kind: InstalledKind): Promise<RegistrationAnswer> {
  const body = sentDraft(draft, kind);
  return registrationAnswerSchema.parse(await postJson('/api/registrations?dryRun=false', body));
}
