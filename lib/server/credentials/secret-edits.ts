import 'server-only';
import { randomBytes } from 'node:crypto';
import { type CredentialSlot, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import {
  finishedReplacements,
  type ReplacementRecord,
  unfinishedReplacements,
  type WrittenPlace,
} from '@/lib/plane/credentials/replacement-record';
import { successorNames } from '@/lib/plane/credentials/successor-name';
import { REPLACEMENT_ANNOTATION } from '@/lib/plane/model/annotations';
import { capital } from '@/lib/plane/model/text';
import { annotationsOf, type LivePlane } from '@/lib/server/edit/live-plane';
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
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { CredentialTarget } from './credential-target';
import { slotsIn } from './secret-users';
import { isCreatedFor, type SecretEdit } from './write-secret';

/** Names beyond this number are in use only if something is wrong. */
const MAX_SUCCESSORS = 50;

type SecretTarget = Extract<CredentialTarget, { write: 'secret' }>;

/** An old Secret whose references are switched to a new one, and the keys that the new one has so far. */
export interface Succession {
  readonly namespace: string;
  readonly from: string;
  readonly to: string;
  readonly keys: ReadonlySet<string>;
}

/** Collects the changes of Secrets that one replacement makes. Reads each Secret at most once. */
export class SecretEdits {
  /** Keys, tokens and passwords, old and new. */
  readonly secretTexts: string[] = [];
  private readonly edits = new Map<string, SecretEdit>();
  private readonly known = new Map<string, LiveSecret | null>();
  private readonly successors = new Map<string, string>();
  private readonly places: WrittenPlace[] = [];
  private readonly id = randomBytes(6).toString('hex');
  /** The unfinished replacement of the same slot that this one takes over. */
  private readonly interrupted: ReplacementRecord | undefined;
  /** The last finished replacement of the same slot. */
  private readonly last: ReplacementRecord | undefined;

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    slot: string,
  ) {
    const annotations = annotationsOf(live);
    this.interrupted = unfinishedReplacements(annotations)[slot];
    this.last = finishedReplacements(annotations)[slot];
  }

  /**
   * Plans one key of a Secret.
   *
   * @param path of the target in the request, for problems
   * @throws ProblemError `already-exists`, `invalid-field`; KubeError
   */
  async plan(
    slot: CredentialSlot,
    target: SecretTarget,
    text: string,
    path: readonly string[],
  ): Promise<void> {
    const { namespace, name, key } = target.secret;
    const live = await this.read(target.secret, target.isNew);
    for (const one of [text, live?.textOf(key) ?? '']) if (isSecretText(slot, one)) this.hide(one);
    if (target.isNew && live && !isCreatedFor(live, this.live)) throw taken(live, path);
    const id = `${namespace}/${name}`;
    const isSame = live?.textOf(key) === text;
    if (isSame && target.was === undefined && !this.isOfInterrupted(live)) return;
    if (live?.immutable && !isSame)
      throw invalidField(path, `${capital(describeSecret(live))} is immutable. Choose a new Secret.`);
    const texts = { ...this.edits.get(id)?.texts, [key]: text };
    const continues = this.interrupted?.id ?? null;
    this.edits.set(id, { secret: { namespace, name }, live, texts, replacement: this.id, continues });
    this.places.push({
      slot: slot.id,
      namespace,
      name,
      key,
      ...(target.was === undefined ? {} : { was: target.was }),
      ...(live === null || target.was !== undefined ? { created: true as const } : {}),
    });
  }

  /** Hides texts from answers and logs. */
  hide(...texts: readonly string[]): void {
    this.secretTexts.push(...texts.filter((text) => text !== ''));
  }

  all(): SecretEdit[] {
    return [...this.edits.values()];
  }

  successions(): Succession[] {
    return [...this.successors].map(([id, to]) => {
      const [namespace = '', from = ''] = id.split('/');
      const keys = Object.keys(this.edits.get(`${namespace}/${to}`)?.texts ?? {});
      return { namespace, from, to, keys: new Set(keys) };
    });
  }

  record(
    action: ReplacementRecord['action'],
    before: readonly string[],
    after: readonly string[],
  ): ReplacementRecord {
    const at = new Date(getRuntime().clock.nowMs()).toISOString();
    // Removing a certificate gives the agent no new one: the restart that counts followed the earlier replacement.
    const since = action === 'keep-only' ? this.last?.since : at;
    return {
      id: this.id,
      action,
      by: this.caller.user,
      at,
      ...(since === undefined ? {} : { since }),
      ...(this.isRestored(action, before, after) ? { restored: true as const } : {}),
      places: this.places,
      before: [...before],
      after: [...after],
    };
  }

  /** Warns that Secrets of an earlier replacement stay, because the plane remembers only the last one. */
  forgottenTexts(): string[] {
    const names = (this.last?.places ?? []).flatMap(({ namespace, was }) =>
      was === undefined ? [] : [`${namespace}/${was}`],
    );
    return [...new Set(names)].map(
      (name) =>
        `Secret ${name}, which the last replacement kept, stays. After this one, you can't restore or delete it here.`,
    );
  }

  private isRestored(
    action: ReplacementRecord['action'],
    before: readonly string[],
    after: readonly string[],
  ): boolean {
    const added = after.filter((one) => !before.includes(one));
    return (
      action === 'add' && added.length > 0 && added.every((one) => this.last?.before.includes(one) === true)
    );
  }

  /**
   * Returns the name of the Secret that succeeds another: the first that is free, or the one that an interrupted
   * replacement left behind.
   *
   * @throws ProblemError `already-exists`; KubeError
   */
  async successorOf({ namespace, name }: SecretName): Promise<string> {
    const id = `${namespace}/${name}`;
    const chosen = this.successors.get(id);
    if (chosen !== undefined) return chosen;
    let tried = 0;
    for (const candidate of successorNames(name)) {
      const live = await this.read({ namespace, name: candidate }, true);
      if (live === null || this.isLeftover(live)) {
        this.successors.set(id, candidate);
        return candidate;
      }
      tried += 1;
      if (tried === MAX_SUCCESSORS) break;
    }
    throw new ProblemError('already-exists', `No free name found for a Secret that succeeds ${name}.`);
  }

  private isLeftover(secret: LiveSecret): boolean {
    return (
      this.isOfInterrupted(secret) &&
      isCreatedFor(secret, this.live) &&
      slotsIn(this.live, secret).length === 0
    );
  }

  private isOfInterrupted(secret: LiveSecret | null): boolean {
    const { interrupted } = this;
    return interrupted !== undefined && secret?.annotations[REPLACEMENT_ANNOTATION] === interrupted.id;
  }

  /**
   * Rejects a replacement that takes over an interrupted one without writing everything that it wrote: a part of it
   * would be left behind.
   *
   * @throws ProblemError `conflict`; KubeError
   */
  async requireWholeTakeover(): Promise<void> {
    for (const { namespace, name } of this.interrupted?.places ?? []) {
      if (this.edits.has(`${namespace}/${name}`)) continue;
      const live = await this.read({ namespace, name }, true);
      if (live && this.isOfInterrupted(live))
        throw new ProblemError(
          'conflict',
          `An interrupted replacement also changed ${describeSecret(live)}. Restore the old credential first.`,
        );
    }
  }

  /**
   * @param mayBeUnreadable treats a forbidden Secret as missing: the right to create Secrets doesn't include reading
   * them
   */
  async read(secret: SecretName, mayBeUnreadable = false): Promise<LiveSecret | null> {
    const id = `${secret.namespace}/${secret.name}`;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    try {
      const read = await readLiveSecret(this.caller.client, secret);
      this.known.set(id, read);
      return read;
    } catch (error) {
      if (mayBeUnreadable && asKubeError(error).code === 'forbidden') return null;
      throw error;
    }
  }
}

/** Returns whether a slot's text must not be repeated. A CA's key may hold a private key beside the certificates. */
export function isSecretText({ purpose }: CredentialSlot, text: string): boolean {
  return !isCertificatePurpose(purpose) || text.includes('PRIVATE KEY');
}

function taken(live: LiveSecret, path: readonly string[]): ProblemError {
  const detail = `${capital(describeSecret(live))} already exists (${creationText(parseLiveObject(live.raw, live))}). It wasn't changed. Use it as an existing Secret, or choose another name.`;
  return new ProblemError('already-exists', detail, {
    errors: [{ path: [...path, 'name'], message: detail }],
  });
}
