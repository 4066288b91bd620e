'use client';

import { useEffect, useRef } from 'react';

const DELAY_MS = 350;
const GAP_PX = 6;

/**
 * Shows the text of `data-tip` beside what the pointer rests on. One layer serves the whole page, so that thousands of
 * cells can have a hint without a component each, and it finds them under a link that is stretched over its row. What
 * a hint says is never said by the hint alone.
 */
export function TipLayer() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const layer = ref.current;
    if (!layer) return;
    let shownFor: Element | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      shownFor = undefined;
      layer.hidden = true;
    };
    const show = (target: Element) => {
      layer.textContent = target.getAttribute('data-tip');
      layer.hidden = false;
      const box = target.getBoundingClientRect();
      const own = layer.getBoundingClientRect();
      const left = Math.max(8, Math.min(box.left, window.innerWidth - own.width - 8));
      const below = box.bottom + GAP_PX;
      const top = below + own.height > window.innerHeight ? box.top - own.height - GAP_PX : below;
      layer.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    };
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      const target = document
        .elementsFromPoint(event.clientX, event.clientY)
        .find((element) => element.getAttribute('data-tip'));
      if (target === shownFor) return;
      hide();
      if (!target) return;
      shownFor = target;
      timer = setTimeout(() => show(target), DELAY_MS);
    };
    const events = ['pointerdown', 'keydown', 'scroll'] as const;
    document.addEventListener('pointermove', onMove);
    document.documentElement.addEventListener('pointerleave', hide);
    for (const name of events) document.addEventListener(name, hide, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointermove', onMove);
      document.documentElement.removeEventListener('pointerleave', hide);
      for (const name of events) document.removeEventListener(name, hide, true);
    };
  }, []);
  return (
    <div
      ref={ref}
      hidden
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-50 max-w-96 rounded-md border border-line bg-raised px-2 py-1 text-xs shadow-raised"
    />
  );
}
