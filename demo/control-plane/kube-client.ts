import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** Where the API server is and as whom it is called. */
export interface KubeCredentials {
  readonly server: string;
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

/** An answer of the API server that is no success. `status` is the HTTP status, `reason` Kubernetes' own word. */
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
 * A light client of the Kubernetes API for the demo: kept-alive connections, JSON in and out. The product uses the
 * maintained client; this one has to write hundreds of statuses a second beside it without showing up.
 */
export class KubeClient {
  private readonly pool: Pool;

  /** @param connections how many requests may be under way at once; watches count */
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

  /** A JSON merge patch: absent keys stay, null removes. */
  patch<T = KubeObject>(path: string, body: unknown): Promise<T> {
    return this.request('PATCH', path, body, 'application/merge-patch+json');
  }

  delete<T = KubeObject>(path: string): Promise<T> {
    return this.request('DELETE', path);
  }

  /** The object, or undefined where there is none. */
  async find<T = KubeObject>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Whether the API server says that it is ready; its answer is a word, not JSON. */
  async isReady(): Promise<boolean> {
    const { statusCode, body } = await this.pool.request({ path: '/readyz', method: 'GET' });
    await body.dump();
    return statusCode === 200;
  }

  /** The lines of a watch, as they come; ends when the server or the signal ends it. Throws KubeError or a network error. */
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

  /** Closes all connections at once; requests under way fail. */
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
      // "Not now", 429 or 503, as while the storage of a changed definition is set up; nothing has been done yet.
      if ((statusCode === 429 || statusCode === 503) && attempt < MAX_ATTEMPTS) {
        await sleep(1000 * (Number(headers['retry-after']) || DEFAULT_RETRY_S));
        continue;
      }
      if (statusCode < 200 || statusCode > 299) throw toError(statusCode, text);
      // The one cast of this client: the API server's answers are what its schemas say.
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
    // Not JSON: its text is all there is.
  }
  return new KubeError(status, '', text || `HTTP ${status}`);
}

/** An object to be created, with the collection that it is created in. */
export interface Manifest {
  readonly collection: string;
  readonly body: Record<string, unknown> & {
    readonly metadata: Record<string, unknown> & { readonly name: string };
  };
}

/** Creates an object, or leaves the one that exists. */
export async function createOnce(client: KubeClient, { collection, body }: Manifest): Promise<void> {
  try {
    await client.post(`${collection}?fieldManager=kubectl-create`, body);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 409)) throw error;
  }
}
