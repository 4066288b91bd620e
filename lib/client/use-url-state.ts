'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/**
 * Browsers reject more than about a hundred history writes in ten seconds; with this delay, typing stays far below.
 */
const URL_WRITE_DELAY_MS = 250;

export interface UrlChangeOptions {
  /** Adds a history entry, so the back button undoes the change. */
  readonly push?: boolean;
  /** For typed text: shown at once, and written to the URL a moment later. */
  readonly typed?: boolean;
}

export type ChangeUrlState<State> = (change: Partial<State>, options?: UrlChangeOptions) => void;

/**
 * Stores the choices on a page in its URL. A choice shows at once and is written to the URL at once.
 *
 * @param parse returns the state of a query; it must never fail, and be the same function in every render
 * @param searchOf returns the query of a state, with its question mark; states with the same query are the same
 */
export function useUrlState<State>(
  parse: (params: URLSearchParams) => State,
  searchOf: (state: State) => string,
): readonly [State, ChangeUrlState<State>] {
  const search = useSearchParams().toString();
  const [state, setState] = useState(() => parse(new URLSearchParams(search)));
  const latest = useRef(state);
  const writer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and links change the URL from outside; then the URL wins.
  useEffect(() => {
    const parsed = parse(new URLSearchParams(search));
    if (writer.current !== undefined || searchOf(parsed) === searchOf(latest.current)) return;
    latest.current = parsed;
    setState(parsed);
  }, [search, parse, searchOf]);

  useEffect(() => () => clearTimeout(writer.current), []);

  const change = useCallback<ChangeUrlState<State>>(
    (patch, { push = false, typed = false } = {}) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setState(next);
      clearTimeout(writer.current);
      const write = () => {
        writer.current = undefined;
        const url = `${window.location.pathname}${searchOf(next)}`;
        if (push) window.history.pushState(null, '', url);
        else window.history.replaceState(null, '', url);
      };
      if (typed) writer.current = setTimeout(write, URL_WRITE_DELAY_MS);
      else write();
    },
    [searchOf],
  );

  return useMemo(() => [state, change] as const, [state, change]);
}
