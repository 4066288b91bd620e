'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/**
 * Keeps the header and the banners in sight while a page scrolls. Their height is in the CSS variable `--top`, for what
 * stays in sight below them and for the browser's own scrolling to a field.
 */
export function StickyTop({ children }: { readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => root.setProperty('--top', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="sticky top-0 z-30 flex-none bg-canvas print:static">
      {children}
    </div>
  );
}
