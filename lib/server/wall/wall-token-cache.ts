import 'server-only';
import { setTimeout } from 'node:timers/promises';
import { paced } from '@/lib/plane/time/pace';
import type { WallLinkConfig } from '@/lib/server/config/wall-config';
import type { KubeRequest } from '@/lib/server/kube/kube-client';
import { asKubeError, type KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import type { StoredToken } from './stored-link';
import {
  idOfToken,
  type LinkState,
  linkStateOf,
  parseTokenConfigMap,
  type TokenRef,
  wallConfigMap,
} from './wall-token';

const READ_TIMEOUT_MS = 3000;
/** A revoked link grants access for no longer than this. */
const USE_MS = 5000;
/** Invalid tokens cause one reading a second, however many there are. */
const PAUSE_MS = 1000;

export interface WallTokenCacheOptions {
  /** Reads as Planeboard's own account. */
  readonly client: { readonly request: (options: KubeRequest) => Promise<{ readonly body: unknown }> };
  /** The control plane's namespace. */
  readonly namespace: string;
  readonly links: WallLinkConfig;
  /** The API server's clock. */
  readonly nowMs: () => number;
  readonly onRead?: () => void;
  readonly onFailed?: (error: KubeError) => void;
}

/** What is known of a token: `unreadable` when the ConfigMap couldn't be read. */
export type TokenCheck =
  | { readonly state: LinkState; readonly id: string; readonly stored: StoredToken }
  /** No link has it. */
  | { readonly state: 'unknown' }
  | { readonly state: 'unreadable'; readonly code: KubeErrorCode };

/**
 * The tokens of all walls as the ConfigMap has them, read again when they are needed and older than 5 s. While the
 * API server is unreachable the last known ones stay valid, and walls show that their data are old. Without the right
 * to read them no token is valid.
 */
export class WallTokenCache {
  private tokens: ReadonlyMap<string, StoredToken> | null = null;
  private failure: KubeErrorCode | null = null;
  private triedAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;
  private nextReading: Promise<void> | null = null;

  constructor(private readonly options: WallTokenCacheOptions) {}

  /**
   * Returns what the first valid one of a screen's tokens grants, by what the ConfigMap said within the last 5 s if it
   * could be read. Without a valid one, returns why the first isn't.
   */
  async check(...tokens: readonly [string, ...string[]]): Promise<TokenCheck> {
    await this.refresh(paced(USE_MS));
    const known = this.lookupFirst(tokens);
    if (known.state !== 'unknown') return known;
    // It may have been created a moment ago, through another replica.
    await this.readAgain();
    return this.lookupFirst(tokens);
  }

  /** Whether a token was that of a valid link at the last reading. */
  isKnown(token: string): boolean {
    return this.lookup(token).state === 'valid';
  }

  /** Returns the valid link with this id as last read; undefined: it doesn't exist any more, or has ended. */
  find(id: string): StoredToken | undefined {
    const stored = this.tokens?.get(id);
    return stored && linkStateOf(stored, this.options.nowMs()) === 'valid' ? stored : undefined;
  }

  /** Returns whether there is a link with this id and hash, valid or not. */
  has({ id, sha256 }: TokenRef): boolean {
    return this.tokens?.get(id)?.sha256 === sha256;
  }

  /** Whether the tokens are known. */
  get isReadable(): boolean {
    return this.tokens !== null;
  }

  /** Forgets all tokens, because they belong to another cluster. */
  forget(): void {
    this.tokens = null;
    this.triedAtMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Reads the ConfigMap unless that was tried within `maxAgeMs`; 0: reads everything written until now. Never throws.
   */
  async refresh(maxAgeMs = 0): Promise<void> {
    const underWay = this.reading;
    if (underWay) await underWay;
    if (underWay && maxAgeMs > 0) return;
    if (this.reading) return this.reading;
    if (monotonicMs() - this.triedAtMs < maxAgeMs) return;
    this.reading = this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** Returns a reading that begins after this call, shared by all that wait for one. */
  private readAgain(): Promise<void> {
    const pauseMs = Math.max(0, this.triedAtMs + paced(PAUSE_MS) - monotonicMs());
    this.nextReading ??= setTimeout(pauseMs)
      .then(() => this.refresh())
      .finally(() => {
        this.nextReading = null;
      });
    return this.nextReading;
  }

  private async read(): Promise<void> {
    this.triedAtMs = monotonicMs();
    const { namespace, links } = this.options;
    const { path } = wallConfigMap(namespace);
    try {
      const { body } = await this.options.client.request({ path, timeoutMs: READ_TIMEOUT_MS });
      this.tokens = (await parseTokenConfigMap(body, namespace, links)).tokens;
    } catch (error) {
      const failure = asKubeError(error);
      if (failure.code !== 'not-found') {
        this.failed(failure);
        return;
      }
      this.tokens = new Map();
    }
    this.failure = null;
    this.options.onRead?.();
  }

  private failed(failure: KubeError): void {
    this.failure = failure.code;
    if (failure.code === 'forbidden') this.tokens = null;
    this.options.onFailed?.(failure);
  }

  private lookupFirst(tokens: readonly [string, ...string[]]): TokenCheck {
    const known = tokens.find((token) => this.isKnown(token));
    // A link that ended says more than a cookie that something else has set.
    const ended = tokens.find((token) => this.lookup(token).state !== 'unknown');
    return this.lookup(known ?? ended ?? tokens[0]);
  }

  private lookup(token: string): TokenCheck {
    if (this.tokens === null) return { state: 'unreadable', code: this.failure ?? 'unreachable' };
    const id = idOfToken(token, this.tokens);
    const stored = id === null ? undefined : this.tokens.get(id);
    if (id === null || !stored) return { state: 'unknown' };
    return { state: linkStateOf(stored, this.options.nowMs()), id, stored };
  }
}
