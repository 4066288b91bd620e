import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UiText } from './ui-texts';

/** A phrase that texts for users must not contain. */
export interface RefusedPhrase {
  readonly phrase: string;
  readonly replacement: string;
  readonly pattern: RegExp;
}

/** A refused phrase in a text. */
export interface Occurrence {
  readonly line: number;
  readonly phrase: string;
  readonly replacement: string;
}

/** Reads the list beside this file. */
export function refusedPhrases(): RefusedPhrase[] {
  return parsePhrases(readFileSync(join(import.meta.dirname, 'refused-phrases.txt'), 'utf8'));
}

/**
 * Parses a list of `phrase => replacement` lines. Empty lines and comments are skipped.
 *
 * @throws with the line that isn't complete
 */
export function parsePhrases(list: string): RefusedPhrase[] {
  const lines = list.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [phrase = '', replacement = ''] = line.split('=>').map((part) => part.trim());
    if (phrase === '' || replacement === '') throw new Error(`Incomplete line "${line}".`);
    return { phrase, replacement, pattern: patternOf(phrase) };
  });
}

/** Matches whole words in any case, also across a line break. A bracketed end of a word is optional. */
function patternOf(phrase: string): RegExp {
  const words = phrase
    .split(' ')
    .map((word) => word.replace(/[.?*+^$|[\]\\]/g, '\\$&').replace(/\((\w+)\)/g, '(?:$1)?'));
  return new RegExp(`(?<![\\w-])${words.join('\\s+').replaceAll("'", "['’]")}(?![\\w-])`, 'gi');
}

/** Finds the refused phrases in texts, in the texts' order. */
export function findRefused(texts: readonly UiText[], phrases: readonly RefusedPhrase[]): Occurrence[] {
  return texts.flatMap(({ text, line }) =>
    phrases.flatMap(({ phrase, replacement, pattern }) =>
      [...text.matchAll(pattern)].map(({ index }) => ({
        line: line + text.slice(0, index).split('\n').length - 1,
        phrase,
        replacement,
      })),
    ),
  );
}
