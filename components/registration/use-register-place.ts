'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { parseRegisterPlace, type RegisterPlace, registerPath } from '@/lib/plane/registration/register-url';

/** Goes to another place of the wizard; `replace` leaves no step behind for the back button. */
export type OpenPlace = (change: Partial<RegisterPlace>, options?: { readonly replace?: boolean }) => void;

/** Where in the wizard this page is, as its address says, and how to get elsewhere without leaving the page. */
export function useRegisterPlace(): readonly [RegisterPlace, OpenPlace] {
  const params = useSearchParams();
  const place = useMemo(() => parseRegisterPlace(params), [params]);
  const open = useCallback<OpenPlace>((change, { replace = false } = {}) => {
    const now = parseRegisterPlace(new URLSearchParams(window.location.search));
    const url = registerPath({ ...now, ...change });
    if (replace) window.history.replaceState(null, '', url);
    else window.history.pushState(null, '', url);
  }, []);
  return [place, open];
}
