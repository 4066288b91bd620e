import 'server-only';

const NONE: readonly string[] = [];

/** Which planes name which Secrets: known from the resources as they came by, since rows hold no spec. */
export class SecretUses {
  private readonly byUid = new Map<string, readonly string[]>();

  /** @param secrets as `<namespace>/<name>` */
  track(uid: string, secrets: readonly string[]): void {
    if (secrets.length > 0) this.byUid.set(uid, secrets);
    else this.byUid.delete(uid);
  }

  forget(uid: string): void {
    this.byUid.delete(uid);
  }

  namedBy(uid: string): readonly string[] {
    return this.byUid.get(uid) ?? NONE;
  }
}
