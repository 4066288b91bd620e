import 'server-only';
import type {
  FinishedReplacement,
  ReplacementsAnswer,
  SlotState,
  UnfinishedReplacement,
} from '@/lib/api/replacements';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isOnlyCertificates } from '@/lib/plane/credentials/recognise-material';
import {
  finishedReplacements,
  oldValueKey,
  type ReplacementRecord,
  unfinishedReplacements,
} from '@/lib/plane/credentials/replacement-record';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { annotationsOf, type LivePlane, readLivePlane } from '@/lib/server/edit/live-plane';
import {
  type LiveSecret,
  readLiveSecret,
  readSeenSecret,
  type SecretName,
} from '@/lib/server/kube/read-secret';
import { reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { hasOldValues, type ReplacedSecret, readReplacedSecrets, reasonToKeep } from './replaced-secrets';
import { sharingOf, slotsIn } from './secret-users';
import { oldSecrets, unfinishable } from './settle-replacement';

/**
 * Returns a plane's credentials as far as a replacement concerns them, read as the caller: who shares their Secrets,
 * and which replacements were interrupted or can be undone. Contains no material but an agent's old certificates.
 *
 * @throws KubeError or ProblemError when the plane can't be read
 */
export async function replacementStates(
  caller: Caller,
  identity: PlaneIdentity,
): Promise<ReplacementsAnswer> {
  const live = await readLivePlane(caller, identity);
  const slots = await Promise.all(credentialSlots(live.kind).map((slot) => slotState(caller, live, slot)));
  return {
    serverTime: new Date(getRuntime().clock.nowMs()).toISOString(),
    slots: slots.filter((state) => state !== null),
  };
}

async function slotState(caller: Caller, live: LivePlane, slot: CredentialSlot): Promise<SlotState | null> {
  const annotations = annotationsOf(live);
  const unfinished = unfinishedReplacements(annotations)[slot.id];
  const finished = finishedReplacements(annotations)[slot.id];
  const place = credentialPlace(live.spec, slot, live.identity);
  if (place.at !== 'secret' && !unfinished && !finished) return null;
  const secret = place.at === 'secret' ? place.secret : null;
  const [sharing, secretMissing, mayCreate, unfinishedState, finishedState] = await Promise.all([
    secret && sharingOf(caller, live, [slot], secret),
    secret !== null && isMissing(caller, secret),
    secret &&
      reviewAccess(caller, { verb: 'create', group: '', resource: 'secrets', namespace: secret.namespace }),
    unfinished ? unfinishedOf(caller, live, unfinished) : null,
    finished && isInUse(live, finished) ? finishedOf(caller, live, slot, finished) : null,
  ]);
  return {
    slot: slot.id,
    sharing,
    secretMissing,
    mayCreateSecret:
      mayCreate === null || mayCreate.state === 'unknown' ? null : mayCreate.state === 'allowed',
    unfinished: unfinishedState,
    finished: finishedState,
  };
}

/** The review reports why a Secret can't be read. */
async function isMissing(caller: Caller, secret: SecretName): Promise<boolean> {
  try {
    return (await readLiveSecret(caller.client, secret)) === null;
  } catch {
    return false;
  }
}

async function unfinishedOf(
  caller: Caller,
  live: LivePlane,
  record: ReplacementRecord,
): Promise<UnfinishedReplacement> {
  const secrets = await replacedSecrets(caller, record);
  const names = (part: readonly ReplacedSecret[]) => part.map(({ namespace, name }) => ({ namespace, name }));
  return {
    ...record,
    written: names(secrets.filter(({ isWritten }) => isWritten)),
    missing: names(secrets.filter(({ isWritten }) => !isWritten)),
    finishable: secrets.length > 0 && unfinishable(live, secrets) === null,
  };
}

async function finishedOf(
  caller: Caller,
  live: LivePlane,
  slot: CredentialSlot,
  record: ReplacementRecord,
): Promise<FinishedReplacement> {
  const secrets = await replacedSecrets(caller, record);
  const changed = secrets.filter(({ isCreated }) => !isCreated);
  const old = await Promise.all(
    oldSecrets(record).map(async (name) => ({ name, live: await readIfPossible(caller, name) })),
  );
  const stored = old.filter((one): one is { name: SecretName; live: LiveSecret } => one.live !== null);
  const certificates = slot.purpose === 'agent-ca' ? oldText(changed, slot) : '';
  return {
    ...record,
    restorable:
      changed.length + old.length > 0 && changed.every(hasOldValues) && stored.length === old.length,
    oldSecrets: await Promise.all(
      stored.map(async ({ name, live: secret }) => ({
        ...name,
        keep: await reasonToKeep(caller, live, secret),
      })),
    ),
    ...(isOnlyCertificates(certificates) ? { oldCertificates: certificates } : {}),
  };
}

/** Returns whether the plane still refers to everything that a replacement wrote: someone may have changed it since. */
function isInUse(live: LivePlane, { places }: ReplacementRecord): boolean {
  return places.every((place) =>
    slotsIn(live, place).some(({ slot, key }) => slot.id === place.slot && key === place.key),
  );
}

/** Returns the old value of a slot that was changed in place; empty if it isn't stored. */
function oldText(changed: readonly ReplacedSecret[], slot: CredentialSlot): string {
  for (const { live, isWritten, places } of changed) {
    const place = places.find((one) => one.slot === slot.id);
    if (place && isWritten) return live?.textOf(oldValueKey(place.key)) ?? '';
  }
  return '';
}

/** Empty when the Secrets can't be read: what isn't known isn't offered. */
async function replacedSecrets(caller: Caller, record: ReplacementRecord): Promise<ReplacedSecret[]> {
  try {
    return await readReplacedSecrets(caller, record);
  } catch {
    return [];
  }
}

async function readIfPossible(caller: Caller, secret: SecretName): Promise<LiveSecret | null> {
  try {
    return await readSeenSecret(caller, secret);
  } catch {
    return null;
  }
}
