import { clsx } from 'clsx';
import { buttonClass } from '@/components/ui/button';

/** Leads to the sign-in of the proxy in another tab. This page continues once that one is open. */
export function ProxySignInLink() {
  return (
    <a
      href="/"
      target="_blank"
      rel="noreferrer"
      data-first-focus=""
      className={clsx(buttonClass('primary'), 'w-full')}
    >
      Sign in in a new tab
    </a>
  );
}
