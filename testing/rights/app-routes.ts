import { globSync } from 'node:fs';
import { join } from 'node:path';
import { SseReader } from '@/testing/server/sse-reader';

const APP = join(import.meta.dirname, '../../app');
export const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response> | Response;

/** A route of the app, as its file has it. */
export interface AppRoute {
  /** Such as `/api/planes/[...segments]`. */
  readonly path: string;
  readonly handlers: Partial<Record<Method, Handler>>;
}

export interface RouteAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body; of a stream, the data of its first frame. */
  readonly text: string;
}

/** Imports every route of the app. A new one is among them. */
export async function appRoutes(): Promise<AppRoute[]> {
  const files = globSync('**/route.ts', { cwd: APP }).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      path: `/${file.replace(/\/route\.ts$/, '')}`,
      handlers: (await import(join(APP, file))) as AppRoute['handlers'],
    })),
  );
}

/** Calls a route as Next does. Reads the first frame of a stream, and then leaves it. */
export async function callRoute(
  { path, handlers }: AppRoute,
  url: string,
  { method, ...init }: { method: Method; headers: Record<string, string>; body?: string },
): Promise<RouteAnswer> {
  const handler = handlers[method];
  if (!handler) throw new Error(`${path} has no ${method}.`);
  const request = new Request(`http://localhost:3000${url}`, { method, ...init });
  const response = await handler(request, { params: Promise.resolve(paramsOf(path, request)) });
  const { status, headers } = response;
  const isStream = headers.get('content-type') === 'text/event-stream' && response.body !== null;
  return { status, headers, text: isStream ? await firstFrame(response) : await response.text() };
}

/** Returns the route that Next would choose for a URL: the one with the fewest and narrowest parameters. */
export function routeOf(routes: readonly AppRoute[], url: string): AppRoute {
  const { pathname } = new URL(url, 'http://localhost');
  const [route] = routes
    .filter(({ path }) => {
      const pattern = path.replaceAll(/\[\.\.\.\w+\]/g, '.+').replaceAll(/\[\w+\]/g, '[^/]+');
      return new RegExp(`^${pattern}$`).test(pathname);
    })
    .toSorted((a, b) => breadthOf(a) - breadthOf(b));
  if (!route) throw new Error(`No route has the path ${pathname}.`);
  return route;
}

function breadthOf({ path }: AppRoute): number {
  if (!path.includes('[')) return 0;
  return path.includes('...') ? 1000 - path.length : 1;
}

async function firstFrame({ body }: Response): Promise<string> {
  const reader = new SseReader(body as ReadableStream<Uint8Array>);
  const frame = await reader.next();
  await reader.cancel();
  return frame?.data ?? '';
}

function paramsOf(pattern: string, request: Request): Record<string, string | string[]> {
  const sent = new URL(request.url).pathname.split('/');
  const parts = pattern.split('/');
  return Object.fromEntries(
    parts.flatMap((part, at) => {
      const name = /^\[(\.\.\.)?(\w+)\]$/.exec(part);
      if (!name?.[2]) return [];
      return [[name[2], name[1] ? sent.slice(at) : (sent[at] ?? '')]];
    }),
  );
}
