'use client';

import { useEffect } from 'react';
import { reloadAfterCrash } from '@/components/wall/reload';

/** Shown when the wall itself fails. The screen is unattended, so the page reloads automatically. */
export default function WallError() {
  useEffect(() => reloadAfterCrash(), []);
  return (
    <main className="flex h-full flex-col items-center justify-center gap-[2vh] p-[4vw] text-center">
      <p role="alert" className="font-bold text-[7vmin] leading-tight">
        NO LIVE DATA: the wall crashed
      </p>
      <p className="text-[3.5vmin] text-muted leading-tight">It reloads automatically.</p>
    </main>
  );
}
