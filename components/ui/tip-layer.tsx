'use client';

import { useEffect, useRef } from 'react';

const DELAY_MS = 350;
const GAP_PX = 6;

/**
 * Shows the text of `data-tip` beside the element under the pointer and, when the keyboard focuses a row, beside the
 * row's first cut-off text. One layer serves the whole page, so thousands of cells need no component for their hints.
 * With `data-tip-if-cut`, the hint repeats the element's text, so it's shown only where that is cut off. It finds them even
 * under a link that covers their row. No information may be in a hint alone.
 */
export function TipLayer() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const layer = ref.current;
    if (!layer) return;
    let target: Element | undefined;
    let byFocus = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      target = undefined;
      layer.hidden = true;
    };
    const showSoon = (next: Element | undefined, isFocus: boolean) => {
      hide();
      if (!next) return;
      target = next;
      byFocus = isFocus;
      timer = setTimeout(() => show(layer, next), DELAY_MS);
    };
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      const next = document
        .elementsFromPoint(event.clientX, event.clientY)
        .find((element) => element.getAttribute('data-tip') && tellsMore(element));
      if (next !== target && !(next === undefined && byFocus)) showSoon(next, false);
    };
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible'))
        showSoon(cutTextBeside(event.target), true);
    };
    // The browser scrolls a half-visible row into view right after it gets the focus.
    const onScroll = () => (target && byFocus && layer.hidden ? showSoon(target, true) : hide());
    document.addEventListener('pointermove', onMove);
    document.documentElement.addEventListener('pointerleave', hide);
    const events = [
      ['pointerdown', hide],
      ['keydown', hide],
      ['focusout', hide],
      ['scroll', onScroll],
    ] as const;
    for (const [name, listener] of events) document.addEventListener(name, listener, true);
    document.addEventListener('focusin', onFocus);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointermove', onMove);
      document.documentElement.removeEventListener('pointerleave', hide);
      for (const [name, listener] of events) document.removeEventListener(name, listener, true);
      document.removeEventListener('focusin', onFocus);
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

/** Returns the first text with a hint that is cut off, in the element's row. */
function cutTextBeside(element: Element): Element | undefined {
  const hinted = element.closest('tr')?.querySelectorAll('[data-tip]') ?? [];
  return [...hinted].find(isCut);
}

function isCut(element: Element): boolean {
  return element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
}

/** A hint that repeats its element's own text would only cover what is below. */
function tellsMore(element: Element): boolean {
  return !element.hasAttribute('data-tip-if-cut') || isCut(element);
}

function show(layer: HTMLElement, target: Element): void {
  layer.textContent = target.getAttribute('data-tip');
  layer.hidden = false;
  const box = target.getBoundingClientRect();
  const own = layer.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, window.innerWidth - own.width - 8));
  const below = box.bottom + GAP_PX;
  const top = below + own.height > window.innerHeight ? box.top - own.height - GAP_PX : below;
  layer.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
