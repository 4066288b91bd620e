import 'server-only';
import type { ObjectRef } from '@/lib/plane/model/object-ref';

const NONE: readonly string[] = [];

/** Records which planes refer to which Secrets, as resources arrive, because the fleet store holds no spec. */
export class SecretReferences {
  private readonly byUid = new Map<string, readonly string[]>();

  /** @param secrets as `<namespace>/<name>` */
  track(uid: string, secrets: readonly string[]): void {
    if (secrets.length > 0) this.byUid.set(uid, secrets);
    else this.byUid.delete(uid);
  }

  forget(uid: string): void {
    this.byUid.delete(uid);
  }

  /**
   * Returns those of the planes that refer to a Secret, in no particular order.
   *
   * @param secret as `<namespace>/<name>`
   */
  planesReferencing(secret: string, planes: Iterable<ObjectRef & { readonly uid: string }>): ObjectRef[] {
    const found: ObjectRef[] = [];
    for (const { uid, kind, namespace, name } of planes) {
      if (!this.secretsOf(uid).includes(secret)) continue;
      found.push({ kind, ...(namespace === undefined ? {} : { namespace }), name });
    }
    return found;
  }

  private secretsOf(uid: string): readonly string[] {
    return this.byUid.get(uid) ?? NONE;
  }
}
