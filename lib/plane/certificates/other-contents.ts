import type { Bundle } from './split-bundle';

/**
 * Names what a text holds beside certificates, for a list: `a private key`, `a block X509 CRL`, `2 lines of other
 * text`. Repeats none of it.
 */
export function otherContents(text: string, { parts }: Bundle<unknown>): string[] {
  const keys = parts.filter(({ kind }) => kind === 'private-key').length;
  const blocks = parts.flatMap((part) => (part.kind === 'other-block' ? [`a block ${part.label}`] : []));
  const lines = parts
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ from, to }) => text.slice(from, to).split('\n'))
    .filter((line) => line.trim() !== '').length;
  return [
    ...(keys === 0 ? [] : [keys === 1 ? 'a private key' : `${keys} private keys`]),
    ...blocks,
    ...(lines === 0 ? [] : [lines === 1 ? 'a line of other text' : `${lines} lines of other text`]),
  ];
}
