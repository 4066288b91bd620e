import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { MainNavigation } from '@/components/shell/main-navigation';
import { Message } from '@/components/shell/message';
import { ProductMark } from '@/components/shell/product-mark';

export const metadata: Metadata = { title: 'Not found · Planeboard' };

/** Rendered for each request: a page made at build time couldn't carry the nonce its scripts need. */
export default async function NotFound() {
  await connection();
  return (
    <>
      <header className="flex h-12 items-center gap-1 border-line border-b bg-surface px-3 max-sm:h-auto max-sm:min-h-12 max-sm:flex-wrap max-sm:pt-2 sm:px-4">
        <Link href="/" className="flex items-center gap-2 rounded-md font-semibold tracking-tight">
          <ProductMark />
          Planeboard
        </Link>
        <MainNavigation />
      </header>
      <main className="flex">
        <Message status="404" title="Page not found">
          Check the address, or start from the list of planes.
        </Message>
      </main>
    </>
  );
}
