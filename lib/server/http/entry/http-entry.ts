import 'server-only';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ProblemCode, problemSchema } from '@/lib/api/problem';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import type { Config } from '@/lib/server/config/config';
import { auditRefusal } from '@/lib/server/http/audit-refusal';
import { ROUTE_ENCODING_HEADER } from '@/lib/server/http/content-encoding';
import { identityHeaders, removeAmbiguousIdentity } from '@/lib/server/http/identity-headers';
import type { ProblemParts } from '@/lib/server/http/problem';
import { noteOf } from '@/lib/server/http/request-note';
import { markOrigin } from '@/lib/server/http/request-origin';
import { inRanges } from '@/lib/server/http/source-address';
import { ownCookies } from './own-cookies';
import {
  type Lane,
  laneOf,
  type RequestHead,
  refusalOf,
  servedTarget,
  upgradeRefusalOf,
  uploadRefusal,
} from './request-head';
import { RequestOrder } from './request-order';
import { RequestTurns } from './request-turns';
import { Uploads } from './uploads';

/** A reader that takes nothing for this long doesn't get the rest. Its answer would fill the server's memory. */
const WRITE_DEADLINE_MS = 30 * SECOND_MS;
/** A reader must take what is written at once within this time, such as a snapshot of the fleet. */
const TAKE_DEADLINE_MS = 60 * SECOND_MS;
/** How long the body of a refused request may still arrive, so that its sender reads the answer. */
const LINGER_MS = 2 * SECOND_MS;

const MAX_LISTENERS = 30;

/** What one of Node's events hands over: a request with its response, or an upgrade with its socket. */
type EventDetails = readonly [IncomingMessage, ServerResponse | Duplex, ...unknown[]];
/** @param pass hands the event to Next.js */
type Guard = (event: string, details: EventDetails, pass: () => void) => void;
interface Entry {
  guard: Guard | null;
  waiting: [string, EventDetails, () => void][];
}

type EntryConfig = Pick<Config, 'host' | 'publicUrl' | 'proxy' | 'trustedProxies'>;

/** Set by `deploy/http-entry.mjs`, which runs before Next.js is loaded. */
const ENTRY = Symbol.for('planeboard.http-entry');

/**
 * Applies the rules to every request from now on, and to those that already wait.
 *
 * @param development whether `next dev` runs
 * @throws Error when the server was started without `deploy/http-entry.mjs`
 */
export function openHttpEntry(config: EntryConfig, development: boolean): void {
  const entry = (globalThis as { [ENTRY]?: Entry })[ENTRY];
  if (!entry) throw new Error('start it with "npm start" or "npm run dev", which protect its HTTP server.');
  const guard = guardOf(config, development);
  entry.guard = guard;
  for (const waiting of entry.waiting.splice(0)) guard(...waiting);
}

/** Returns the guard that stands between Node's HTTP server and Next.js. */
export function guardOf(config: EntryConfig, development: boolean): Guard {
  const isTrusted = inRanges(config.trustedProxies);
  const identity = config.proxy ? identityHeaders(config.proxy) : [];
  const turns: Readonly<Record<Lane, RequestTurns>> = {
    page: new RequestTurns(),
    data: new RequestTurns(),
    file: new RequestTurns(),
    probe: new RequestTurns(),
    metrics: new RequestTurns(),
  };
  const order = new RequestOrder();
  const uploads = new Uploads();
  return (event, [request, answer], pass) => {
    keepOwnCookies(request);
    removeAmbiguousIdentity(request, config.proxy);
    const head = headOf(request);
    for (const lane of Object.values(turns)) lane.noteArrival();
    if (event === 'upgrade') {
      const refusal = upgradeRefusalOf(head, config, development);
      order.add(request.socket, answer, () => {
        if (refusal) refuseUpgrade(answer as Duplex, refusal);
        else pass();
      });
      return;
    }
    const response = answer as ServerResponse;
    markOrigin(request, isTrusted, identity);
    // Next.js adds almost as many as Node takes for a leak.
    response.setMaxListeners(MAX_LISTENERS);
    limitWriting(response);
    nameEncoding(response);
    const target = servedTarget(head.target);
    const refusal = refusalOf(head, config, development);
    order.add(request.socket, response, () => {
      if (refusal) {
        auditRefusal(noteOf(head.method, target, asHeaders(request.headers)), codeOf(refusal));
        refuse(request, response, refusal);
        return;
      }
      request.url = target;
      const takeTurn = () => turns[laneOf(head)].add(request, response, pass);
      if (!uploads.receive(request, response, takeTurn)) refuse(request, response, uploadRefusal());
      else if (event === 'checkContinue') response.writeContinue();
    });
  };
}

function keepOwnCookies({ headers }: IncomingMessage): void {
  const own = ownCookies(headers.cookie);
  if (own === undefined) delete headers.cookie;
  else headers.cookie = own;
}

function headOf({ method = '', url = '', headers, rawHeaders }: IncomingMessage): RequestHead {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return { method, target: url, headers: asHeaders(headers), hosts };
}

function asHeaders(headers: IncomingMessage['headers']): Headers {
  const list = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) list.set(name, Array.isArray(value) ? value.join(', ') : value);
  return list;
}

function codeOf({ body }: ProblemParts): ProblemCode {
  return problemSchema.parse(JSON.parse(body)).code;
}

/**
 * Closes the connection of a reader that takes nothing of what waits for it, or takes it too slowly: either would keep
 * the waiting bytes in memory. A quiet stream is no such reader.
 */
function limitWriting(response: ServerResponse): void {
  const isBehind = () => (response.socket?.writableLength ?? 0) > 0;
  const close = () => {
    if (isBehind()) response.socket?.destroy();
  };
  response.setTimeout(paced(WRITE_DEADLINE_MS), close);
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const taken = () => {
    clearTimeout(deadline);
    deadline = undefined;
  };
  const limit = () => {
    if (isBehind()) deadline ??= setTimeout(close, paced(TAKE_DEADLINE_MS));
  };
  response.on('drain', taken);
  response.once('close', taken);
  const { write, end } = response;
  response.write = ((...args: Parameters<typeof write>) => {
    const isTaken = write.apply(response, args);
    if (!isTaken) limit();
    return isTaken;
  }) as typeof write;
  response.end = ((...args: Parameters<typeof end>) => {
    end.apply(response, args);
    limit();
    return response;
  }) as typeof end;
}

/** Names the encoding of a route's body, which the route itself can't (`ROUTE_ENCODING_HEADER`). */
function nameEncoding(response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const encoding = response.getHeader(ROUTE_ENCODING_HEADER);
    if (encoding !== undefined) {
      response.removeHeader(ROUTE_ENCODING_HEADER);
      response.setHeader('content-encoding', encoding);
    }
    return writeHead.apply(response, args);
  }) as typeof writeHead;
}

/**
 * Answers at once. A body that is still arriving is discarded for a moment: if the connection were closed at once, its
 * sender might never read the answer.
 */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: ProblemParts,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
  request.resume();
  const closing = setTimeout(() => request.complete || request.socket.destroy(), paced(LINGER_MS));
  request.once('close', () => clearTimeout(closing));
}

/** Answers on the socket itself, because Node has no response for an upgrade, and closes it. */
function refuseUpgrade(socket: Duplex, { status, headers, body }: ProblemParts): void {
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': Buffer.byteLength(body),
  });
  // The other side may close first.
  socket.on('error', () => {});
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
