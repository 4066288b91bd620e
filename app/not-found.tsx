import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Message } from '@/components/shell/message';

export const metadata: Metadata = { title: 'Not found · Planeboard' };

/** Rendered for each request: a page made at build time couldn't carry the nonce its scripts need. */
export default async function NotFound() {
  await connection();
  return (
    <main className="flex">
      <Message status="404" title="There is no such page">
        The address may be mistyped, or what it led to has been removed.
      </Message>
    </main>
  );
}
