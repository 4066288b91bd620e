import { getConfig } from '@/lib/server/config/config';
import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { ProblemError } from '@/lib/server/http/problem';
import { readTextBody } from '@/lib/server/http/request-body';
import { isWallToken, wallCookie } from '@/lib/server/http/wall-cookie';
import { isFromOwnPage } from '@/lib/server/http/write-guard';
import { enterPage } from '@/lib/server/wall/enter-page';
import { requireWall } from '@/lib/server/wall/wall-access';

export const dynamic = 'force-dynamic';

/** A token and nothing else. */
const MAX_FORM_BYTES = 1024;
/** A person opened the link: typed it, chose a bookmark, or followed it on a page of Planeboard. */
const OWN_VISITS: ReadonlySet<string | null> = new Set(['none', 'same-origin']);

/**
 * `?token=...&<choices>`: exchanges the token for the wall's cookie and redirects to the wall without the token,
 * which keeps it out of the address bar and the history. The wall itself reports whether the token is valid, because
 * it also knows when that changes.
 *
 * A visit that another site caused, or whose cause is unknown, gets a page with a button instead, so that no other page
 * replaces a screen's link.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    requireWall();
    const { headers } = request;
    const { token, choices } = linkOf(request);
    if (!isWallToken(token)) return toWall(choices);
    if (OWN_VISITS.has(headers.get('sec-fetch-site'))) return toWall(choices, cookieOf(token, headers));
    return new Response(enterPage(token, choices, headers.get('x-nonce')), {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    });
  });
}

/** The button of that page. */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    requireWall();
    if (!isFromOwnPage(request.headers, getConfig())) throw new ProblemError('cross-origin');
    const form = new URLSearchParams(await readTextBody(request, MAX_FORM_BYTES));
    const token = form.get('token') ?? '';
    if (!isWallToken(token)) throw new ProblemError('bad-request', 'The form has no wall link.');
    return toWall(linkOf(request).choices, cookieOf(token, request.headers));
  });
}

function linkOf(request: Request): { token: string; choices: string } {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get('token') ?? '';
  searchParams.delete('token');
  return { token, choices: searchParams.toString() };
}

function cookieOf(token: string, headers: Headers): Record<string, string> {
  return { 'set-cookie': wallCookie(token, headers.get('host'), getConfig()) };
}

function toWall(choices: string, headers: Readonly<Record<string, string>> = {}): Response {
  const location = choices === '' ? '/wall' : `/wall?${choices}`;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', ...headers } });
}

const refuse = refuseMethod('GET, HEAD, POST');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
