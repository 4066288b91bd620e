import 'server-only';
import { type Dispatcher, request } from 'undici';
import { exactJson, parseExactJson } from '@/lib/plane/json/exact-json';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { answerText } from './answer-text';
import type { ApiServerClock } from './api-server-clock';
import type { IdentityConnection } from './kube-connection';
import { asKubeError, KubeError, timeoutError } from './kube-error';
import { warningTexts } from './kube-status';
import { errorOfAnswer, isHealthAnswer, isJsonType } from './kubernetes-answer';
import { LineSplitter } from './line-splitter';

const DEFAULT_TIMEOUT_MS = 15_000;
/** A page of 500 objects that have the largest annotations, of 256 KB each. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
/** A Status object is far smaller. */
const MAX_FAILURE_BYTES = 1024 * 1024;
/** etcd stores objects of some megabytes. */
const MAX_LINE_LENGTH = 64 * 1024 * 1024;

export interface KubeRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute path on the API server, made of constant parts and checked names only. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The type of a body that isn't plain JSON, such as `application/merge-patch+json`. */
  readonly contentType?: string;
  /** The limit for the whole answer. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface KubeAnswer {
  readonly status: number;
  readonly etag: string | null;
  /** The parsed JSON; null for 304, and for the `ok` of a health endpoint such as readyz. */
  readonly body: unknown;
  /** The texts of its Warning headers, as kubectl prints them. */
  readonly warnings: readonly string[];
}

/** Calls the API server as one identity. Every failure is a KubeError. A 401 reloads the credential, once. */
export class KubeClient {
  constructor(
    readonly connection: IdentityConnection,
    private readonly clock: ApiServerClock,
  ) {}

  /** Sends one request and reads its whole answer. 304 answers a GET with an ETag; other codes outside 2xx are errors. */
  async request(options: KubeRequest): Promise<KubeAnswer> {
    const generation = this.connection.generation;
    try {
      return await this.once(options);
    } catch (error) {
      const failure = asKubeError(error);
      if (failure.code !== 'unauthorized') throw failure;
      if (this.connection.generation === generation) this.connection.reload();
      // The same credential would be rejected again. A person's is never replaced by another.
      if (this.connection.generation === generation) throw this.rejectionOf(failure);
      return await this.once(options).catch((again: unknown) => {
        throw this.rejectionOf(asKubeError(again));
      });
    }
  }

  /**
   * Opens a stream of JSON lines (a watch) and yields its values, all that arrived together at once. Ends when the
   * server closes the stream.
   *
   * @param onOpen called when the server has accepted it
   * @throws KubeError when the stream breaks, is rejected, or is aborted by `signal`
   */
  async *stream(
    options: KubeRequest & { readonly signal: AbortSignal },
    onOpen: () => void,
  ): AsyncGenerator<unknown[]> {
    const generation = this.connection.generation;
    try {
      const answer = await this.send(options, options.signal, 0);
      if (answer.statusCode !== 200 || !isJsonType(answer.headers['content-type']))
        throw await failureOf(answer);
      onOpen();
      const decoder = new TextDecoder();
      const splitter = new LineSplitter();
      for await (const chunk of answer.body) {
        const values = splitter.push(decoder.decode(chunk as Buffer, { stream: true })).map(parseJson);
        if (splitter.waitingLength > MAX_LINE_LENGTH)
          throw new KubeError('bad-answer', 'The API server sent a line that is too long.');
        if (values.length > 0) yield values;
      }
    } catch (error) {
      const failure = asKubeError(error, this.connection.proxy);
      if (failure.code === 'unauthorized' && this.connection.generation === generation)
        this.connection.reload();
      throw this.rejectionOf(failure);
    }
  }

  private rejectionOf(failure: KubeError): KubeError {
    const { rejectionOf } = this.connection;
    return failure.code === 'unauthorized' && rejectionOf ? rejectionOf(failure) : failure;
  }

  private async once(options: KubeRequest): Promise<KubeAnswer> {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      const answer = await this.send(options, signal, timeoutMs);
      const { statusCode: status, headers } = answer;
      const isUnchanged = status === 304 && isConditional(options);
      if (status >= 300 && !isUnchanged) throw await failureOf(answer);
      const text = await answerText(answer.body, MAX_BODY_BYTES);
      const isJson = isJsonType(headers['content-type']);
      if (!isUnchanged && !isJson && !isHealthAnswer(options.path, text))
        throw errorOfAnswer(status, text, null);
      const etag = typeof headers.etag === 'string' ? headers.etag : null;
      const warnings = warningTexts(headers.warning);
      return { status, etag, body: isJson && !isUnchanged ? parseJson(text) : null, warnings };
    } catch (error) {
      const failure = asKubeError(error, this.connection.proxy);
      // Signing in took all of the time, and the API server got no request.
      if (timeout.aborted && failure.code !== 'credential') throw timeoutError(this.connection.proxy);
      throw failure;
    }
  }

  /**
   * @param timeoutMs the limit for the headers and for pauses in the body; 0: no limit on the body, which may pause
   * for minutes
   */
  private async send(
    { method = 'GET', path, query = {}, headers = {}, body, contentType = 'application/json' }: KubeRequest,
    signal: AbortSignal,
    timeoutMs: number,
  ): Promise<Dispatcher.ResponseData> {
    const prepared = await this.connection.prepare(signal);
    const search = new URLSearchParams(query).toString();
    const sentAtMs = monotonicMs();
    const answer = await request(`${prepared.serverUrl}${path}${search === '' ? '' : `?${search}`}`, {
      method,
      dispatcher: prepared.dispatcher,
      signal,
      headersTimeout: timeoutMs === 0 ? DEFAULT_TIMEOUT_MS : timeoutMs,
      bodyTimeout: timeoutMs,
      headers: {
        accept: 'application/json',
        'user-agent': 'planeboard',
        ...(body === undefined ? {} : { 'content-type': contentType }),
        ...headers,
        ...prepared.headers,
      },
      ...(body === undefined ? {} : { body: exactJson(body) }),
    });
    const { date } = answer.headers;
    this.clock.observe(typeof date === 'string' ? date : undefined, sentAtMs, monotonicMs());
    return answer;
  }
}

/** Returns whether the caller has an older answer, which 304 says is still right. */
function isConditional({ method = 'GET', headers = {} }: KubeRequest): boolean {
  return method === 'GET' && Object.keys(headers).some((name) => name.toLowerCase() === 'if-none-match');
}

async function failureOf(answer: Dispatcher.ResponseData): Promise<KubeError> {
  const seconds = Number(answer.headers['retry-after']);
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
  let text = '';
  try {
    text = await answerText(answer.body, MAX_FAILURE_BYTES);
  } catch {
    // Too large for a Status object, or cut off.
  }
  return errorOfAnswer(answer.statusCode, text, retryAfterMs);
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw new KubeError('bad-answer', 'The API server returned invalid JSON.');
  }
}
