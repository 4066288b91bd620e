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
import type { ReplacementRecord } from '@/lib/plane/credentials/replacement-record';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { setField } from '@/lib/plane/json/merge-patch';
import { bundleOf, certificatesIn, fingerprintsOf } from '@/lib/server/certificates/pem-certificates';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { invalidField } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { checkMaterial } from './check-material';
import { type CredentialTarget, successorTarget, targetOf } from './credential-target';
import { checkableMaterial, contentNotes, givenMaterial, newMaterial } from './new-material';
import { overwritingProblem, planWarnings, sameMaterialText } from './plan-warnings';
import { isSecretText, SecretEdits } from './secret-edits';
import { slotsIn } from './secret-users';
import type { SecretEdit } from './write-secret';

/** Everything that a credential replacement writes, determined before the first write. */
export interface CredentialPlan {
  readonly secrets: readonly SecretEdit[];
  /** Merge patch of the plane's spec; empty when only a Secret changes. */
  readonly spec: JsonObject;
  /** What the plane remembers of the replacement; null when there is nothing to finish or restore. */
  readonly record: ReplacementRecord | null;
  readonly fingerprints: readonly string[];
  /** Whether the new material is what is stored already. */
  readonly isSame: boolean;
  readonly warnings: readonly string[];
  /** All certificates of the slot afterwards, as PEM; empty when it holds no certificate, or isn't written here. */
  readonly bundle: string;
  /** The certificates dropped from the bundle, as PEM; empty when none were. */
  readonly removed: string;
  /** Old and new keys, tokens and passwords, which no answer may repeat. */
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
  private readonly edits: SecretEdits;
  private readonly slots: readonly CredentialSlot[];
  private spec: JsonObject = {};

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    private readonly change: CredentialReplacement,
  ) {
    this.slots = credentialSlots(live.kind);
    this.edits = new SecretEdits(caller, live, change.slot);
  }

  async plan(): Promise<CredentialPlan> {
    const { change, live, edits } = this;
    const slot = this.slots.find(({ id }) => id === change.slot);
    if (!slot) throw invalidField(['slot'], 'This kind has no such credential.');
    if (!isJsonObject(valueAt(live.spec, slot.path.slice(0, -1))))
      throw invalidField(
        ['slot'],
        `This plane has no ${slot.path.slice(0, -1).join('.')}. Edit the plane to add it.`,
      );
    const target = await this.targetOf(slot, change.into, ['into']);
    const isExisting = target.write === 'nothing';
    if (isExisting && (change.action !== 'replace' || (change.text ?? '') !== ''))
      throw invalidField(['text'], USED_AS_IT_IS);
    const current = await this.currentText(slot);
    const problem = overwritingProblem(slot, change, current);
    if (problem !== null) throw invalidField(['slot'], problem);
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
    await this.planCompanions();
    await edits.requireWholeTakeover();
    const isCertificate = isCertificatePurpose(slot.purpose);
    const written = isCertificate ? certificatesIn(text) : [];
    const fingerprints = isExisting
      ? checked.certificates.map(({ fingerprint }) => fingerprint)
      : fingerprintsOf(written);
    const before = isCertificate ? certificatesIn(current) : [];
    const dropped = before.filter(({ fingerprint256 }) => !fingerprints.includes(fingerprint256));
    const isChanged = Object.keys(this.spec).length > 0 || edits.all().length > 0;
    // A CA that moves into a chosen Secret stays the same.
    const same =
      change.action === 'replace' && change.into === undefined ? sameMaterialText(slot, current, text) : null;
    // Of an inline secret nothing is kept that could be restored. An agent's inline CA changes its connection.
    const isRemembered = edits.all().length > 0 || (isChanged && slot.purpose === 'agent-ca');
    return {
      secrets: edits.all(),
      spec: this.spec,
      record: isRemembered ? edits.record(change.action, fingerprintsOf(before), fingerprints) : null,
      fingerprints,
      isSame: same !== null,
      warnings: [
        ...(same !== null && change.dryRun === true ? [same] : []),
        // A new Secret leaves the old one as it is.
        ...(target.write === 'secret' && target.was !== undefined ? [] : contentNotes(slot, change, current)),
        ...checked.warnings,
        ...(isChanged ? edits.forgottenTexts() : []),
        ...(await planWarnings(this.caller, live, edits.all(), {
          slot,
          current,
          text,
          target,
          drops: dropped.length > 0,
        })),
      ],
      bundle: bundleOf(written),
      removed: slot.purpose === 'agent-ca' ? bundleOf(dropped) : '',
      secretTexts: edits.secretTexts,
    };
  }

  private async targetOf(
    slot: CredentialSlot,
    into: CredentialReplacement['into'],
    path: readonly string[],
  ): Promise<CredentialTarget> {
    const { live, change } = this;
    if (change.write !== 'new-secret' || into !== undefined) return targetOf(live, slot, into, path);
    if (change.action !== 'replace')
      throw invalidField(
        ['write'],
        'Certificates are added and removed in place. Only replace uses a new Secret.',
      );
    const place = credentialPlace(live.spec, slot, live.identity);
    // Without a Secret, the name isn't used: the function rejects the slot.
    const name = place.at === 'secret' ? await this.edits.successorOf(place.secret) : '';
    return successorTarget(live, slot, name);
  }

  /** Plans the key that is replaced together with its certificate. */
  private async planKey(slot: CredentialSlot): Promise<{ material: Material; path: string[] } | null> {
    const { change } = this;
    if (!change.key) return null;
    const keySlot = keySlotFor(slot, this.slots);
    if (!keySlot || change.action !== 'replace')
      throw invalidField(['key'], 'The field key is only accepted when you replace a client certificate.');
    const target = await this.targetOf(keySlot, change.key.into, ['key', 'into']);
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

  /**
   * Copies whatever else the plane uses of a succeeded Secret, so that the old Secret is no longer used. Another
   * credential with the same key keeps its material, and therefore its reference.
   */
  private async planCompanions(): Promise<void> {
    for (const { namespace, from, keys } of this.edits.successions()) {
      for (const { slot, key } of slotsIn(this.live, { namespace, name: from })) {
        if (keys.has(key)) continue;
        const text = (await this.edits.read({ namespace, name: from }))?.textOf(key);
        if (text === undefined) continue;
        const name = await this.edits.successorOf({ namespace, name: from });
        await this.planWrite(slot, successorTarget(this.live, slot, name), text, ['write']);
      }
    }
  }

  /** Returns the stored key for a certificate, or the stored certificate for a key. */
  private counterpart(slot: CredentialSlot): { material: Material } | null {
    const other = keySlotFor(slot, this.slots) ?? certificateSlotFor(slot, this.slots);
    const material = other && storedMaterial(this.live.spec, other, this.live.identity);
    return material ? { material } : null;
  }

  /** Returns the text stored in a slot; empty when there is none, or when a replacement needn't know it. */
  private async currentText(slot: CredentialSlot): Promise<string> {
    const place = credentialPlace(this.live.spec, slot, this.live.identity);
    if (place.at === 'inline') return place.text;
    if (place.at !== 'secret') return '';
    const secret = await this.edits.read(place.secret, this.change.action === 'replace');
    return secret?.textOf(place.secret.key) ?? '';
  }

  private async planWrite(
    slot: CredentialSlot,
    target: CredentialTarget,
    text: string,
    path: readonly string[],
  ): Promise<void> {
    this.spec = combinePatches(this.spec, target.write === 'inline' ? target.spec(text) : target.spec);
    if (target.write === 'secret') await this.edits.plan(slot, target, text, path);
    else if (isSecretText(slot, text)) this.edits.hide(text);
  }
}

/** Combines two merge patches; a null stays null. */
export function combinePatches(patch: JsonObject, part: JsonObject): JsonObject {
  const merged: JsonObject = { ...patch };
  for (const [name, value] of Object.entries(part)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    const isGroup = isJsonObject(before) && isJsonObject(value);
    setField(merged, name, isGroup ? combinePatches(before, value) : value);
  }
  return merged;
}
