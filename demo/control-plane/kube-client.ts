import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** The API server's address and the credentials to call it with. */
export interface KubeCredentials {
  readonly server: string;
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

/** An error response of the API server. `status` is the HTTP status, `reason` is Kubernetes' reason code. */
export class KubeError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export type KubeObject = Record<string, unknown> & {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
};

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 10;
const DEFAULT_RETRY_S = 0.2;

/**
 * A lightweight Kubernetes client for the demo, with keep-alive connections and JSON bodies. The product uses the
 * official client. This one writes hundreds of statuses a second beside the product without slowing it down.
 */
export class KubeClient {
  private readonly pool: Pool;

  /** @param connections the maximum number of concurrent requests, watches included */
  constructor(credentials: KubeCredentials, connections = 32) {
    this.pool = new Pool(credentials.server, {
      connections,
      connect: { ca: credentials.caPem, cert: credentials.certPem, key: credentials.keyPem },
      headersTimeout: REQUEST_TIMEOUT_MS,
      bodyTimeout: REQUEST_TIMEOUT_MS,
    });
  }

  get<T = KubeObject>(path: string): Promise<T> {
    return this.request('GET', path);
  }

  post<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.request('POST', path, body);
  }

  put<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.request('PUT', path, body);
  }

  /** Sends a JSON merge patch: null removes a key, absent keys don't change. */
  patch<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.request('PATCH', path, body, 'application/merge-patch+json');
  }

  delete<T = KubeObject>(path: string): Promise<T> {
    return this.request('DELETE', path);
  }

  /** Returns the object, or undefined if it doesn't exist. */
  async find<T = KubeObject>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Whether the API server reports that it is ready. The response is plain text, not JSON. */
  async isReady(): Promise<boolean> {
    const { statusCode, body } = await this.pool.request({ path: '/readyz', method: 'GET' });
    await body.dump();
    return statusCode === 200;
  }

  /**
   * Yields the events of a watch until the server or the signal ends it.
   *
   * @throws KubeError, or a network error
   */
  async *watch(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    const { statusCode, body } = await this.pool.request({ path, method: 'GET', signal, bodyTimeout: 0 });
    if (statusCode !== 200) throw toError(statusCode, await body.text());
    body.setEncoding('utf8');
    let rest = '';
    for await (const chunk of body) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line);
    }
  }

  /** Closes all connections immediately. Pending requests fail. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async request<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: unknown,
    contentType = 'application/json',
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const { statusCode, headers, body } = await this.pool.request({
        path,
        method,
        ...(payload === undefined
          ? {}
          : { headers: { 'content-type': contentType }, body: JSON.stringify(payload) }),
      });
      const text = await body.text();
      // 429 and 503 mean that nothing was done yet, for example while the storage of a changed definition is set up.
      if ((statusCode === 429 || statusCode === 503) && attempt < MAX_ATTEMPTS) {
        await sleep(1000 * (Number(headers['retry-after']) || DEFAULT_RETRY_S));
        continue;
      }
      if (statusCode < 200 || statusCode > 299) throw toError(statusCode, text);
      // This client's only cast: it trusts the API server to follow its schemas.
      return JSON.parse(text) as T;
    }
  }
}

function toError(status: number, text: string): KubeError {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) {
      const reason = 'reason' in body && typeof body.reason === 'string' ? body.reason : '';
      const message = 'message' in body && typeof body.message === 'string' ? body.message : text;
      return new KubeError(status, reason, message);
    }
  } catch {
    // Not JSON, so the text becomes the message.
  }
  return new KubeError(status, '', text || `HTTP ${status}`);
}

/** An object to create, and the collection to create it in. */
export interface Manifest {
  readonly collection: string;
  readonly body: Record<string, unknown> & {
    readonly metadata: Record<string, unknown> & { readonly name: string };
  };
}

/** Creates an object unless it exists. */
export async function createOnce(client: KubeClient, { collection, body }: Manifest): Promise<void> {
  try {
    await client.post(`${collection}?fieldManager=kubectl-create`, body);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 409)) throw error;
  }
}
