'use client';

import { useSyncExternalStore } from 'react';
import { ownKey } from '@/lib/client/session/person';

/**
 * A value that the browser keeps for a person: every component and every tab of theirs shows the same one, and nobody
 * else's. If the browser forbids storage, it lasts as long as the page.
 */
export class OwnSetting<T> {
  private readonly listeners = new Set<() => void>();
  private text: string | null = null;
  private value: T;
  /** Whether the browser refused to store the value. */
  private isUnstored = false;

  /**
   * @param key begins with `planeboard.`, because other servers of this host name may share the storage
   * @param initial the value while nothing is stored
   * @param parse returns the value of what is stored, parsed from JSON. Any program may have written it, so it must never
   * throw
   */
  constructor(
    private readonly key: `planeboard.${string}`,
    private readonly initial: T,
    private readonly parse: (stored: unknown) => T,
  ) {
    this.value = initial;
  }

  /** Returns the value; the same object until it changes. */
  readonly read = (): T => {
    if (this.isUnstored) return this.value;
    const text = this.readText();
    if (text !== this.text) {
      this.text = text;
      this.value = text === null ? this.initial : this.parse(parsedJson(text));
    }
    return this.value;
  };

  /** Stores a value, and shows it everywhere. */
  store(value: T): void {
    const text = JSON.stringify(value);
    try {
      window.localStorage.setItem(ownKey(this.key), text);
      this.isUnstored = false;
    } catch {
      this.isUnstored = true;
    }
    this.text = text;
    this.value = value;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    // Another tab of the same person changes it too.
    window.addEventListener('storage', listener);
    return () => {
      this.listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  };

  private readText(): string | null {
    try {
      return window.localStorage.getItem(ownKey(this.key));
    } catch {
      return null;
    }
  }

  /** The value that the server renders, which knows nobody's storage. */
  readonly readInitial = (): T => this.initial;
}

/** Returns a setting's current value. */
export function useOwnSetting<T>(setting: OwnSetting<T>): T {
  return useSyncExternalStore(setting.subscribe, setting.read, setting.readInitial);
}

/** Undefined for a text that isn't JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
