import type { KeyboardEvent } from 'react';

/**
 * Handlers of a name's input that take off the blanks around it when it is left, or Enter ends it. They come along when a
 * name is copied, cannot be seen, and none is ever meant; while somebody types, one may be the gap before the next word.
 */
export function onceTyped(text: string, change: (text: string) => void) {
  const trim = () => {
    if (text !== text.trim()) change(text.trim());
  };
  return {
    onBlur: trim,
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === 'Enter') trim();
    },
  };
}
