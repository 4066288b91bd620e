'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** Browsers refuse more than about a hundred history writes in ten seconds; typing stays far below with this. */
const URL_WRITE_DELAY_MS = 250;

export interface UrlChangeOptions {
  /** Makes a step that the back button undoes. */
  readonly push?: boolean;
  /** Typed letter by letter: shown at once, and written to the URL a moment later. */
  readonly typed?: boolean;
}

export type ChangeUrlState<State> = (change: Partial<State>, options?: UrlChangeOptions) => void;

/**
 * What the person chose on a page, kept in its URL. A choice shows at once and is written to the URL at once.
 *
 * @param parse the state that a query names; it must never fail, and be the same function in every render
 * @param searchOf the query of a state, with its question mark; states with the same one are the same
 */
export function useUrlState<State>(
  parse: (params: URLSearchParams) => State,
  searchOf: (state: State) => string,
): readonly [State, ChangeUrlState<State>] {
  const search = useSearchParams().toString();
  const [state, setState] = useState(() => parse(new URLSearchParams(search)));
  const latest = useRef(state);
  const writer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and links change the URL from outside: then it is the URL that counts.
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
