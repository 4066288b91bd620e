import 'server-only';
import type { CredentialReplacement, Material } from '@/lib/api/credentials';
import { credentialPlace, storedMaterial } from '@/lib/plane/credentials/credential-place';
import {
  type CredentialSlot,
  certificateSlotFor,
  isCertificatePurpose,
  keySlotFor,
} from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { capital } from '@/lib/plane/model/text';
import { bundleOf, certificatesIn, fingerprintsOf } from '@/lib/server/certificates/pem-certificates';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { invalidField, ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { creationText, parseLiveObject } from '@/lib/server/kube/live-object';
import {
  describeSecret,
  type LiveSecret,
  readLiveSecret,
  type SecretName,
} from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { checkMaterial } from './check-material';
import { type CredentialTarget, targetOf } from './credential-target';
import { checkableMaterial, contentNotes, givenMaterial, newMaterial } from './new-material';
import { isCreatedFor, type SecretEdit } from './write-secret';

/** Everything that a credential replacement writes, determined before the first write. */
export interface CredentialPlan {
  readonly secrets: readonly SecretEdit[];
  /** Merge patch of the plane's spec; empty when only a Secret changes. */
  readonly spec: JsonObject;
  readonly fingerprints: readonly string[];
  readonly warnings: readonly string[];
  /** All certificates of the slot afterwards, as PEM; empty when it holds no certificate, or isn't written here. */
  readonly bundle: string;
  /** The certificates dropped from the bundle, as PEM; empty when none were. */
  readonly removed: string;
  /** New keys, tokens and passwords, which no answer may repeat. */
  readonly secretTexts: readonly string[];
}

/**
 * Plans the writes of a credential replacement, and rejects a change that can't work.
 *
 * @throws ProblemError `invalid-field` with paths in the request, `already-exists`; KubeError
 */
export async function planCredential(
  caller: Caller,
  live: LivePlane,
  change: CredentialReplacement,
): Promise<CredentialPlan> {
  return new Planner(caller, live, change).plan();
}

const USED_AS_IT_IS = 'An existing Secret is used unchanged. Leave the value empty, or choose a new Secret.';

class Planner {
  private readonly secrets = new Map<string, SecretEdit>();
  private readonly read = new Map<string, LiveSecret | null>();
  private readonly secretTexts: string[] = [];
  private readonly slots: readonly CredentialSlot[];
  private spec: JsonObject = {};

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    private readonly change: CredentialReplacement,
  ) {
    this.slots = credentialSlots(live.kind);
  }

  async plan(): Promise<CredentialPlan> {
    const { change, live } = this;
    const slot = this.slots.find(({ id }) => id === change.slot);
    if (!slot) throw invalidField(['slot'], 'This kind has no such credential.');
    if (!isJsonObject(valueAt(live.spec, slot.path.slice(0, -1))))
      throw invalidField(
        ['slot'],
        `This plane has no ${slot.path.slice(0, -1).join('.')}. Edit the plane to add it.`,
      );
    const target = targetOf(live, slot, change.into, ['into']);
    const isExisting = target.write === 'nothing';
    if (isExisting && (change.action !== 'replace' || (change.text ?? '') !== ''))
      throw invalidField(['text'], USED_AS_IT_IS);
    const current = isExisting ? '' : await this.changedText(slot);
    const text = isExisting ? '' : newMaterial(slot, change, current);
    const material: Material = isExisting
      ? { secret: target.secret }
      : { text: checkableMaterial(slot, text) };
    const path = isExisting ? ['into', 'name'] : change.action === 'keep-only' ? ['fingerprints'] : ['text'];
    const key = await this.planKey(slot);
    if (change.action === 'add')
      await checkMaterial(this.caller, { slot, material: { text: change.text ?? '' }, path }, null);
    const checked = await checkMaterial(this.caller, { slot, material, path }, key ?? this.counterpart(slot));
    await this.planWrite(slot, target, text, ['into']);
    const written = isCertificatePurpose(slot.purpose) ? certificatesIn(text) : [];
    const fingerprints = isExisting
      ? checked.certificates.map(({ fingerprint }) => fingerprint)
      : fingerprintsOf(written);
    return {
      secrets: [...this.secrets.values()],
      spec: this.spec,
      fingerprints,
      warnings: [...contentNotes(slot, change, current), ...checked.warnings],
      bundle: bundleOf(written),
      removed: change.action === 'keep-only' ? droppedFrom(current, fingerprints) : '',
      secretTexts: this.secretTexts,
    };
  }

  /** Plans the key that is replaced together with its certificate. */
  private async planKey(slot: CredentialSlot): Promise<{ material: Material; path: string[] } | null> {
    const { change, live } = this;
    if (!change.key) return null;
    const keySlot = keySlotFor(slot, this.slots);
    if (!keySlot || change.action !== 'replace')
      throw invalidField(['key'], 'The field key is only accepted when you replace a client certificate.');
    const target = targetOf(live, keySlot, change.key.into, ['key', 'into']);
    if (target.write === 'nothing') {
      if (change.key.text !== '') throw invalidField(['key', 'text'], USED_AS_IT_IS);
      await this.planWrite(keySlot, target, '', ['key', 'into']);
      return { material: { secret: target.secret }, path: ['key', 'into', 'name'] };
    }
    const path = ['key', 'text'];
    const text = givenMaterial(keySlot, change.key.text, path);
    await this.planWrite(keySlot, target, text, ['key', 'into']);
    return { material: { text }, path };
  }

  /** Returns the stored key for a certificate, or the stored certificate for a key. */
  private counterpart(slot: CredentialSlot): { material: Material } | null {
    const other = keySlotFor(slot, this.slots) ?? certificateSlotFor(slot, this.slots);
    const material = other && storedMaterial(this.live.spec, other, this.live.identity);
    return material ? { material } : null;
  }

  /** Returns the stored text that the change is about: that of a CA, unless it's replaced in another Secret. */
  private async changedText(slot: CredentialSlot): Promise<string> {
    if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca') return '';
    const place = credentialPlace(this.live.spec, slot, this.live.identity);
    const leavesIt = this.change.action === 'replace' && this.change.into !== undefined;
    return leavesIt && place.at === 'secret' ? '' : this.currentText(slot);
  }

  /** Returns the text stored in a slot; empty when there is none. */
  private async currentText(slot: CredentialSlot): Promise<string> {
    const place = credentialPlace(this.live.spec, slot, this.live.identity);
    if (place.at === 'inline') return place.text;
    if (place.at !== 'secret') return '';
    const secret = await this.secret(place.secret);
    return secret?.textOf(place.secret.key) ?? '';
  }

  private async planWrite(
    slot: CredentialSlot,
    target: CredentialTarget,
    text: string,
    path: readonly string[],
  ): Promise<void> {
    // A CA's Secret may hold a private key, which stays when a certificate is added.
    const isSecret = !isCertificatePurpose(slot.purpose) || text.includes('PRIVATE KEY');
    if (isSecret && text !== '') this.secretTexts.push(text);
    this.spec = combinePatches(this.spec, target.write === 'inline' ? target.spec(text) : target.spec);
    if (target.write !== 'secret') return;
    const { namespace, name, key } = target.secret;
    const live = await this.secret(target.secret, target.isNew);
    if (target.isNew && live && !isCreatedFor(live, this.live)) {
      const detail = `${capital(describeSecret(live))} already exists (${creationText(parseLiveObject(live.raw))}). It wasn't changed. Use it as an existing Secret, or choose another name.`;
      throw new ProblemError('already-exists', detail, {
        errors: [{ path: [...path, 'name'], message: detail }],
      });
    }
    if (live?.textOf(key) === text) return;
    if (live?.immutable)
      throw invalidField(path, `${capital(describeSecret(live))} is immutable. Choose a new Secret.`);
    const id = `${namespace}/${name}`;
    const texts = { ...this.secrets.get(id)?.texts, [key]: text };
    this.secrets.set(id, { secret: { namespace, name }, live, texts });
  }

  /**
   * @param mayBeUnreadable treats a forbidden Secret as missing: the right to create Secrets doesn't include reading
   * them
   */
  private async secret(secret: SecretName, mayBeUnreadable = false): Promise<LiveSecret | null> {
    const id = `${secret.namespace}/${secret.name}`;
    const known = this.read.get(id);
    if (known !== undefined) return known;
    const read = await readLiveSecret(this.caller.client, secret).catch((error: unknown) => {
      if (mayBeUnreadable && asKubeError(error).code === 'forbidden') return null;
      throw error;
    });
    this.read.set(id, read);
    return read;
  }
}

function droppedFrom(current: string, kept: readonly string[]): string {
  return bundleOf(certificatesIn(current).filter(({ fingerprint256 }) => !kept.includes(fingerprint256)));
}

/** Combines two merge patches; a null stays null. */
function combinePatches(patch: JsonObject, part: JsonObject): JsonObject {
  const merged: JsonObject = { ...patch };
  for (const [name, value] of Object.entries(part)) {
    const before = merged[name];
    merged[name] = isJsonObject(before) && isJsonObject(value) ? combinePatches(before, value) : value;
  }
  return merged;
}
