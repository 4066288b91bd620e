import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Message } from '@/components/shell/message';

export const metadata: Metadata = { title: 'Not found · Planeboard' };

/** Rendered for each request: a page made at build time couldn't carry the nonce its scripts need. */
export default async function NotFound() {
  await connection();
  return (
    <main className="flex">
      <Message status="404" title="Page not found">
        Check the address, or start from the list of planes.
      </Message>
    </main>
  );
}
