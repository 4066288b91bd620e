import 'server-only';
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import type { CustomFetch } from 'openid-client';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { environmentProxy } from '@/lib/server/kube/environment-proxy';

const CONNECT_TIMEOUT_MS = 5000;
/** Far above any answer of a provider. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Creates connections to a provider: through the environment's proxy, and with certificates of its own besides the public
 * ones. No redirect is followed, because the request may hold the client's secret.
 *
 * @param caFile null: only the public ones are trusted
 * @throws Error when the file can't be read
 */
export function createProviderFetch(issuer: string, caFile: string | null): CustomFetch {
  const dispatcher = dispatcherOf(issuer, caFile);
  return async (url, options) => {
    const { method, headers, body, signal } = options;
    const answer = await undiciFetch(url, {
      method,
      headers,
      body: body as string | URLSearchParams | null,
      ...(signal ? { signal } : {}),
      redirect: 'manual',
      dispatcher,
    });
    return answer as unknown as Response;
  };
}

function dispatcherOf(issuer: string, caFile: string | null): Dispatcher {
  const trust =
    caFile === null
      ? {}
      : { ca: [...getCACertificates('default'), readFileSync(/* turbopackIgnore: true */ caFile, 'utf8')] };
  const limits = { maxResponseSize: MAX_ANSWER_BYTES, allowH2: false };
  const proxy = environmentProxy(issuer, process.env);
  if (proxy !== undefined) return new ProxyAgent({ uri: proxy, requestTls: trust, ...limits });
  return new Agent({ connect: { ...trust, timeout: CONNECT_TIMEOUT_MS }, ...limits });
}
