import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What all instances of a provider's process share, by model and id. It ends with the process. */
const stored = new Map<string, AdapterPayload>();

/** Stores what oidc-provider keeps in memory. Its own store is the same, but warns each time that it is for development. */
export class MemoryAdapter implements Adapter {
  constructor(private readonly model: string) {}

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    stored.set(this.key(id), payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return stored.get(this.key(id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.all().find((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.all().find((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = stored.get(this.key(id));
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    stored.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, payload] of stored) if (payload.grantId === grantId) stored.delete(key);
  }

  private all(): AdapterPayload[] {
    return [...stored].flatMap(([key, payload]) => (key.startsWith(`${this.model}:`) ? [payload] : []));
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
}
