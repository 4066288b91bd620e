import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { parseTheme, THEME_COOKIE, themeClass } from '@/components/shell/theme';
import { pace } from '@/lib/plane/time/pace';
import './globals.css';

export const metadata: Metadata = {
  title: 'Planeboard',
  description: 'Live status of the planes of an OpenChoreo installation.',
  robots: { index: false, follow: false },
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
};

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

/** The root of every page. The server sets the theme, so the first paint has it without a script. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={themeClass(theme)} data-pace={pace() === 1 ? undefined : pace()}>
      <body>{children}</body>
    </html>
  );
}
