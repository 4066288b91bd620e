import 'server-only';
import type { ObjectRef } from '@/lib/plane/related/related-resources';

const NONE: readonly string[] = [];

/** Which planes name which Secrets: known from the resources as they came by, since rows hold no spec. */
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

  /** Those of the planes that name a Secret, in no particular order. @param secret as `<namespace>/<name>` */
  planesNaming(secret: string, planes: Iterable<ObjectRef & { readonly uid: string }>): ObjectRef[] {
    const found: ObjectRef[] = [];
    for (const { uid, kind, namespace, name } of planes) {
      if (!this.namedBy(uid).includes(secret)) continue;
      found.push({ kind, ...(namespace === undefined ? {} : { namespace }), name });
    }
    return found;
  }

  namedBy(uid: string): readonly string[] {
    return this.byUid.get(uid) ?? NONE;
  }
}
