import 'server-only';
import type { Material } from '@/lib/api/certificate-inspection';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { certificateBeside, isCertificatePurpose, keyBeside } from '@/lib/server/edit/changed-credentials';
import { type LivePlane, specOfObject } from '@/lib/server/edit/live-plane';
import { ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { madeBy, readLiveObject } from '@/lib/server/kube/live-object';
import { type LiveSecret, readLiveSecret, type SecretName, secretWords } from '@/lib/server/kube/live-secret';
import { capital } from '@/lib/server/kube/object-problem';
import type { Caller } from '@/lib/server/rights/caller';
import { bundleOf, certificatesIn, fingerprintsOf } from './certificate-bundle';
import { checkMaterial } from './check-material';
import { materialIn, placeIn } from './credential-place';
import { type CredentialTarget, targetOf } from './credential-target';
import { givenMaterial, invalid, newMaterial } from './new-material';
import { isCreatedFor, type SecretEdit } from './secret-edits';

/** Everything that a change of a credential writes, found out before anything is written. */
export interface CredentialPlan {
  readonly secrets: readonly SecretEdit[];
  /** Merge patch of the plane's spec; empty where only a Secret changes. */
  readonly spec: JsonObject;
  readonly fingerprints: readonly string[];
  readonly warnings: readonly string[];
  /** The certificates that are to stand there, as PEM; empty for what is no certificate, or not written here. */
  readonly bundle: string;
  /** Certificates that no longer stand there, as PEM; empty where none were dropped from a bundle. */
  readonly removed: string;
  /** What no answer may repeat. */
  readonly secretTexts: readonly string[];
}

/**
 * Finds out what a change of a credential writes, and refuses what cannot work.
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

const USED_AS_IT_IS = 'An existing Secret is used as it is: leave the text away, or choose a new Secret.';

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
    if (!slot) throw invalid(['slot'], 'This kind has no such credential.');
    if (!isJsonObject(valueAt(specOfObject(live.raw), slot.path.slice(0, -1))))
      throw invalid(
        ['slot'],
        `This plane has no ${slot.path.slice(0, -1).join('.')}: add it by editing the plane.`,
      );
    const target = targetOf(live, slot, change.into, ['into']);
    const isLed = target.write === 'nothing';
    if (isLed && (change.action !== 'replace' || (change.text ?? '') !== ''))
      throw invalid(['text'], USED_AS_IT_IS);
    const current = change.action === 'replace' ? '' : await this.currentText(slot);
    const text = isLed ? '' : newMaterial(slot, change, current);
    const material: Material = isLed ? { secret: target.secret } : { text };
    const path = isLed ? ['into', 'name'] : change.action === 'keep-only' ? ['fingerprints'] : ['text'];
    const key = await this.planKey(slot);
    if (change.action === 'add')
      await checkMaterial(this.caller, { slot, material: { text: change.text ?? '' }, path }, null);
    const checked = await checkMaterial(this.caller, { slot, material, path }, key ?? this.counterpart(slot));
    await this.write(slot, target, text, ['into']);
    const written = isCertificatePurpose(slot.purpose) ? certificatesIn(text) : [];
    const fingerprints = isLed
      ? checked.certificates.map(({ fingerprint }) => fingerprint)
      : fingerprintsOf(written);
    return {
      secrets: [...this.secrets.values()],
      spec: this.spec,
      fingerprints,
      warnings: checked.warnings,
      bundle: bundleOf(written),
      removed: change.action === 'keep-only' ? droppedFrom(current, fingerprints) : '',
      secretTexts: this.secretTexts,
    };
  }

  /** The key that is replaced together with its certificate. */
  private async planKey(slot: CredentialSlot): Promise<{ material: Material; path: string[] } | null> {
    const { change, live } = this;
    if (!change.key) return null;
    const keySlot = slot.purpose === 'client-certificate' ? keyBeside(slot, this.slots) : undefined;
    if (!keySlot || change.action !== 'replace')
      throw invalid(
        ['key'],
        'Only with a client certificate that is replaced a private key is replaced too.',
      );
    const target = targetOf(live, keySlot, change.key.into, ['key', 'into']);
    if (target.write === 'nothing') {
      if (change.key.text !== '') throw invalid(['key', 'text'], USED_AS_IT_IS);
      await this.write(keySlot, target, '', ['key', 'into']);
      return { material: { secret: target.secret }, path: ['key', 'into', 'name'] };
    }
    const path = ['key', 'text'];
    const text = givenMaterial(keySlot, change.key.text, path);
    await this.write(keySlot, target, text, ['key', 'into']);
    return { material: { text }, path };
  }

  /** What belongs to a certificate or a key and stays as it is. */
  private counterpart(slot: CredentialSlot): { material: Material } | null {
    const other =
      slot.purpose === 'client-certificate'
        ? keyBeside(slot, this.slots)
        : slot.purpose === 'client-key'
          ? certificateBeside(slot, this.slots)
          : undefined;
    const material = other && materialIn(specOfObject(this.live.raw), other, this.live);
    return material ? { material } : null;
  }

  /** The text that stands in a slot now; empty where there is none. */
  private async currentText(slot: CredentialSlot): Promise<string> {
    const place = placeIn(specOfObject(this.live.raw), slot, this.live);
    if (place.at === 'inline') return place.text;
    if (place.at !== 'secret') return '';
    const secret = await this.secret(place.secret);
    return secret?.textOf(place.secret.key) ?? '';
  }

  private async write(
    slot: CredentialSlot,
    target: CredentialTarget,
    text: string,
    path: readonly string[],
  ): Promise<void> {
    if (!isCertificatePurpose(slot.purpose) && text !== '') this.secretTexts.push(text);
    this.spec = applyPatchPart(this.spec, target.write === 'inline' ? target.spec(text) : target.spec);
    if (target.write !== 'secret') return;
    const { namespace, name, key } = target.secret;
    const live = await this.secret(target.secret, target.isNew);
    if (target.isNew && live && !isCreatedFor(live, this.live)) {
      const detail = `${capital(secretWords(live))} exists already, ${madeBy(readLiveObject(live.raw))}. Nothing of it was changed. Use it as an existing Secret, or choose another name.`;
      throw new ProblemError('already-exists', detail, {
        errors: [{ path: [...path, 'name'], message: detail }],
      });
    }
    if (live?.textOf(key) === text) return;
    if (live?.immutable)
      throw invalid(path, `${capital(secretWords(live))} is immutable: choose a new Secret for it.`);
    const id = `${namespace}/${name}`;
    const texts = { ...this.secrets.get(id)?.texts, [key]: text };
    this.secrets.set(id, { secret: { namespace, name }, live, texts });
  }

  /** @param mayBeUnreadable whoever may make Secrets need not be allowed to read them */
  private async secret(secret: SecretName, mayBeUnreadable = false): Promise<LiveSecret | null> {
    const id = `${secret.namespace}/${secret.name}`;
    const known = this.read.get(id);
    if (known !== undefined) return known;
    const read = await readLiveSecret(this.caller, secret).catch((error: unknown) => {
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

/** Both patches in one; a null stays a null. */
function applyPatchPart(patch: JsonObject, part: JsonObject): JsonObject {
  const merged: JsonObject = { ...patch };
  for (const [name, value] of Object.entries(part)) {
    const before = merged[name];
    merged[name] = isJsonObject(before) && isJsonObject(value) ? applyPatchPart(before, value) : value;
  }
  return merged;
}
