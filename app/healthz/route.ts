export const dynamic = 'force-dynamic';

/** Reports that the process is alive. */
export function GET(): Response {
  return new Response('ok\n', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
}
