import 'server-only';
import type { InspectionAnswer, Material } from '@/lib/api/credentials';
import type { RegistrationWarning } from '@/lib/api/registration';
import type { Credential } from '@/lib/plane/credentials/credential';
import { isCertificatePurpose, keySlotFor } from '@/lib/plane/credentials/credential-slot';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { objectName } from '@/lib/plane/model/plane-path';
import { isUnreconciled, UNRECONCILED_TEXT } from '@/lib/plane/model/unreconciled-kinds';
import { unknownCredentials } from '@/lib/plane/registration/check-credentials';
import { checkDraft } from '@/lib/plane/registration/check-draft';
import type { Draft } from '@/lib/plane/registration/draft';
import { type KnownPlane, siblingsOf } from '@/lib/plane/registration/known-planes';
import { credentialOf } from '@/lib/plane/registration/new-draft';
import { isFilledIn } from '@/lib/plane/registration/spec-of-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { matchesPattern } from '@/lib/plane/schema/linear-pattern';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { notShownText } from '@/lib/server/fleet/require-shown';
import { invalidFields } from '@/lib/server/http/problem';
import { type SecretPlace, secretProblem, secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import type { View } from '@/lib/server/rights/view';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Checks a draft as the wizard does, with what this caller may know: its credentials, Secrets read as the caller, and
 * the existing planes.
 *
 * @returns warnings, which don't prevent a registration: a Secret may be created later
 * @throws ProblemError `invalid-field` with every error; KubeError
 */
export async function checkRegistration(
  caller: Caller,
  draft: Draft,
  kind: InstalledKind,
): Promise<RegistrationWarning[]> {
  const notShown = notShownText(draft.namespace || undefined);
  if (notShown !== null) throw invalidFields([{ path: ['namespace'], message: notShown }]);
  const { inspections, warnings } = await inspectCredentials(caller, draft, kind);
  const view = await viewOf(caller);
  const planes = knownPlanes(view, draft);
  const { sources } = getRuntime().engine;
  const hasHiddenPlanes = sources
    .plurals()
    .some((plural) => view.reachOf(plural) !== 'all' || !sources.isComplete(plural));
  const context = { planes, hasHiddenPlanes, namespaces: null, inspections, matchesPattern };
  const problems = [...checkDraft(draft, kind, context), ...unknownCredentials(draft, kind)];
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw invalidFields(errors);
  return [
    ...leftOverWarnings(kind),
    ...problems.map(({ path, message }) => ({ path: [...path], message })),
    ...warnings,
    ...siblingWarnings(draft, kind, planes, inspections),
  ];
}

/** Warns about a kind that an upgrade left without a controller: the API server still accepts it. */
function leftOverWarnings({ entry }: InstalledKind): RegistrationWarning[] {
  const served = (getRuntime().catalog.state.kinds ?? []).map((kind) => kind.entry);
  return isUnreconciled(entry, served) ? [{ path: ['plural'], message: UNRECONCILED_TEXT }] : [];
}

/**
 * Warns that a sibling has another CA: one agent serves both planes, so each of their CAs must verify it. Says nothing
 * of siblings whose CA isn't known.
 */
function siblingWarnings(
  draft: Draft,
  kind: InstalledKind,
  planes: readonly KnownPlane[] | null,
  inspections: Readonly<Record<string, InspectionAnswer>>,
): RegistrationWarning[] {
  const { certificates } = getRuntime();
  const siblings = siblingsOf(draft, kind, planes);
  return activeSlots(kind, draft).flatMap(({ id, purpose }) => {
    const given = inspections[id]?.certificates.map(({ fingerprint }) => fingerprint) ?? [];
    if (purpose !== 'agent-ca' || given.length === 0) return [];
    return siblings
      .filter(({ uid }) => {
        const theirs = certificates.fingerprintsOf(uid);
        return theirs.length > 0 && !theirs.some((fingerprint) => given.includes(fingerprint));
      })
      .map((sibling) => ({
        path: ['credentials', id, 'text'],
        message: `${objectName(sibling)} on planeID "${sibling.planeID}" has another CA. One agent serves both planes, so each CA must verify its certificate.`,
      }));
  });
}

interface CredentialInspections {
  /** For every certificate that the plane would have, by the slot's id. */
  readonly inspections: Readonly<Record<string, InspectionAnswer>>;
  /** For keys, tokens and passwords in Secrets that don't exist, or aren't visible. */
  readonly warnings: readonly RegistrationWarning[];
}

async function inspectCredentials(
  caller: Caller,
  draft: Draft,
  kind: InstalledKind,
): Promise<CredentialInspections> {
  const readSecret = secretReader(caller);
  const nowMs = getRuntime().clock.nowMs();
  const slots = activeSlots(kind, draft).filter((slot) => isFilledIn(slot, credentialOf(draft, slot, kind)));
  const inspections: Record<string, InspectionAnswer> = {};
  const warnings: RegistrationWarning[] = [];
  for (const slot of slots) {
    const material = materialOf(credentialOf(draft, slot, kind), draft);
    if (!material) continue;
    if (isCertificatePurpose(slot.purpose)) {
      const keySlot = keySlotFor(slot, slots);
      const privateKey = keySlot && materialOf(credentialOf(draft, keySlot, kind), draft);
      const request = { purpose: slot.purpose, certificate: material, ...(privateKey ? { privateKey } : {}) };
      inspections[slot.id] = await inspectCertificate(request, readSecret, nowMs);
    } else if ('secret' in material) {
      const message = secretProblem(material.secret, await readSecret(material.secret));
      if (message !== null) warnings.push({ path: ['credentials', slot.id, 'name'], message });
    }
  }
  return { inspections, warnings };
}

/** Undefined for an empty credential, which the draft's check reports. */
function materialOf(credential: Credential, draft: Draft): Material | undefined {
  if (credential.source !== 'existing-secret')
    return credential.text.trim() === '' ? undefined : { text: credential.text };
  const secret: SecretPlace = {
    namespace: credential.namespace || draft.namespace,
    name: credential.name,
    key: credential.key,
  };
  return secret.namespace && secret.name && secret.key ? { secret } : undefined;
}

/**
 * Returns the planes that a view shows, or null while not all that Planeboard may list are known. Omits the draft's own
 * name: only the API server can say whether that plane exists, and whether it is this very registration.
 */
function knownPlanes(view: View, draft: Pick<Draft, 'plural' | 'namespace' | 'name'>): KnownPlane[] | null {
  const { engine } = getRuntime();
  const { sources } = engine;
  const watches = sources.watches();
  if (watches.length === 0 || watches.some(({ state }) => state !== 'live' && state !== 'forbidden'))
    return null;
  return engine
    .records()
    .map(({ plane }) => plane)
    .filter(view.sees)
    .filter(
      ({ plural, namespace = '', name }) =>
        plural !== draft.plural || namespace !== draft.namespace || name !== draft.name,
    );
}
