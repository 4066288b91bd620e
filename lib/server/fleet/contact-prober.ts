import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, type KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { z } from '@/lib/zod';

const PERIOD_MS = 5000;
const TIMEOUT_MS = 4000;
/** What `/readyz` answers where the API server or a proxy in front of it closes it off. */
const CLOSED_OFF: ReadonlySet<KubeErrorCode> = new Set([
  'forbidden',
  'not-found',
  'not-served',
  'bad-answer',
]);

const versionSchema = z.object({ gitVersion: z.string() });

/**
 * Sends one light request every 5 s, which shows within seconds that the API server is away or rejects the credential,
 * and reads its clock. It proves nothing about a watch.
 *
 * It requests `/readyz`: every authenticated user may, the answer carries the API server's clock, an expired
 * credential is rejected, and it is `ok` only while the API server reaches its etcd. An answer thus proves more than
 * a listening process. Where it is closed off, `/version` proves at least the API server. What isn't the API server's own
 * answer proves nothing.
 */
export class ContactProber {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly client: KubeClient,
    private readonly onContact: () => void,
    private readonly onFailed: (error: KubeError) => void,
  ) {}

  start(): void {
    void this.probe();
  }

  /** Sends the next request at once. */
  probeNow(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.probe();
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  private async probe(): Promise<void> {
    this.timer = undefined;
    const startedAtMs = performance.now();
    try {
      await this.request();
      if (!this.stopping.signal.aborted) this.onContact();
    } catch (error) {
      if (!this.stopping.signal.aborted) this.onFailed(asKubeError(error));
    }
    if (this.stopping.signal.aborted) return;
    const tookMs = performance.now() - startedAtMs;
    this.timer = setTimeout(() => void this.probe(), Math.max(0, paced(PERIOD_MS) - tookMs));
  }

  private async request(): Promise<void> {
    const options = { signal: this.stopping.signal, timeoutMs: TIMEOUT_MS };
    try {
      const { body } = await this.client.request({ path: '/readyz', ...options });
      // Anything but `ok` is somebody else's.
      parseAnswer(z.null(), body);
    } catch (error) {
      if (!CLOSED_OFF.has(asKubeError(error).code)) throw error;
      const { body } = await this.client.request({ path: '/version', ...options });
      parseAnswer(versionSchema, body);
    }
  }
}
