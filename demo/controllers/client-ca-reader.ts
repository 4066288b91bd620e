import { X509Certificate } from 'node:crypto';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { ClientCa } from '@/demo/gateway/client-ca';
import { clientCaSource } from '@/lib/plane/model/client-ca';
import type { PlaneObject, SimulatedKind } from './plane-object';

/** How long planes share one read of a Secret. It matters at the start, when all planes are read at once. */
const SECRET_SHARED_MS = 200;

interface Secret {
  readonly data?: Readonly<Record<string, string>>;
}

/** A plane's CA, or the reason why it has none. */
export type CaState =
  | {
      readonly state: 'ready';
      readonly ca: ClientCa;
      /** Whether it begins with the certificate of an intermediate CA. */
      readonly isIntermediate: boolean;
    }
  | { readonly state: 'missing' }
  | { readonly state: 'unparsable' };

/**
 * Reads the CAs of planes. Secrets aren't watched: a CA is cached until its plane changes, and only failures are
 * retried. Equal PEM texts share one parsed CA.
 */
export class ClientCaReader {
  private readonly byPem = new Map<string, ClientCa>();
  private readonly byUid = new Map<string, CaState>();
  private readonly secrets = new Map<
    string,
    { readonly atMs: number; readonly secret: Promise<Secret | undefined> }
  >();

  constructor(private readonly client: KubeClient) {}

  /** Drops a plane's cached CA, because the plane changed or was deleted. */
  forget(uid: string): void {
    this.byUid.delete(uid);
  }

  /** Returns the last result of `read`, or undefined if the CA hasn't been read. */
  cached(uid: string): CaState | undefined {
    return this.byUid.get(uid);
  }

  async read(kind: SimulatedKind, plane: PlaneObject): Promise<CaState> {
    const known = this.byUid.get(plane.metadata.uid ?? '');
    return known?.state === 'ready' ? known : this.readAgain(kind, plane);
  }

  /** Reads a plane's CA as it is now. */
  async readAgain(kind: SimulatedKind, plane: PlaneObject): Promise<CaState> {
    const uid = plane.metadata.uid ?? '';
    const state = this.parse(await this.pemOf(kind, plane));
    this.byUid.set(uid, state);
    return state;
  }

  private parse(pem: string | undefined): CaState {
    if (pem === undefined || pem.trim() === '') return { state: 'missing' };
    const ca = this.byPem.get(pem) ?? ClientCa.parse(pem);
    if (!ca) return { state: 'unparsable' };
    this.byPem.set(pem, ca);
    return { state: 'ready', ca, isIntermediate: isIntermediate(pem) };
  }

  private async pemOf(kind: SimulatedKind, plane: PlaneObject): Promise<string | undefined> {
    const source = clientCaSource(kind.entry.kind, plane);
    if (!source || 'absent' in source) return undefined;
    if ('inline' in source) return source.inline;
    const { namespace, name, key } = source.secret;
    const secret = await this.secretAt(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    const value = secret?.data?.[key];
    return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
  }

  private secretAt(path: string): Promise<Secret | undefined> {
    const known = this.secrets.get(path);
    if (known && performance.now() - known.atMs < SECRET_SHARED_MS) return known.secret;
    const secret = this.client.find<Secret>(path);
    this.secrets.set(path, { atMs: performance.now(), secret });
    return secret;
  }
}

function isIntermediate(pem: string): boolean {
  try {
    const { ca, issuer, subject } = new X509Certificate(pem);
    return ca && issuer !== subject;
  } catch {
    return false;
  }
}
