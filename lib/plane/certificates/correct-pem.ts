import { endsWithMarker, type PemMarker, pemMarkers } from './pem-parts';

/** What was corrected in a text so that the gateway reads it. */
export const CORRECTIONS = ['line-breaks', 'invisible', 'spaces', 'joined', 'surrounding-text'] as const;
export type Correction = (typeof CORRECTIONS)[number];

export interface CorrectedPem {
  readonly text: string;
  readonly corrections: readonly Correction[];
}

/** Byte order marks, zero-width characters and soft hyphens. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** Blanks that aren't the plain space, as word processors and web pages have them. */
const OTHER_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * Corrects what a copy and paste does to PEM and what Go's parser doesn't forgive: invisible characters, other kinds
 * of spaces, indentation, a missing line break between two blocks, and words before BEGIN or behind END, which get a
 * line of their own. The content of a block stays as it is, and so does everything that can't be corrected safely.
 */
export function correctPem(text: string): CorrectedPem {
  const corrections = new Set<Correction>();
  const replace = (value: string, pattern: RegExp, by: string, correction: Correction) => {
    const next = value.replace(pattern, by);
    if (next !== value) corrections.add(correction);
    return next;
  };
  let corrected = replace(text, /\r\n?/g, '\n', 'line-breaks');
  corrected = replace(corrected, INVISIBLE, '', 'invisible');
  corrected = replace(corrected, OTHER_SPACES, ' ', 'spaces');
  corrected = withOwnLines(corrected, corrections);
  return { text: corrected, corrections: CORRECTIONS.filter((correction) => corrections.has(correction)) };
}

/** Puts each BEGIN and END on a line of its own. */
function withOwnLines(text: string, corrections: Set<Correction>): string {
  const pieces: string[] = [];
  let line = '';
  let at = 0;
  /** Ends the line before a marker. Blanks alone are an indentation, which is dropped. */
  const endLine = (marker: PemMarker) => {
    const isIndent = line.trim() === '';
    if (!isIndent) pieces.push(line.trimEnd(), '\n');
    corrections.add(isIndent ? 'spaces' : correctionBefore(marker, line));
    line = '';
  };
  for (const marker of pemMarkers(text)) {
    if (!marker.isExact) continue;
    const between = text.slice(at, marker.from);
    const lineAt = between.lastIndexOf('\n') + 1;
    if (lineAt > 0) pieces.push(line, between.slice(0, lineAt));
    line = lineAt > 0 ? between.slice(lineAt) : line + between;
    if (line !== '') endLine(marker);
    line = text.slice(marker.from, marker.to);
    at = marker.to;
    const behind = /^[^\n]*/.exec(text.slice(at, at + LONGEST_LINE))?.[0] ?? '';
    if (!isSplitBehind(marker, behind)) continue;
    corrections.add(marker.type === 'END' ? 'surrounding-text' : 'line-breaks');
    pieces.push(line, '\n');
    line = '';
    at += behind.length - behind.trimStart().length;
  }
  return pieces.join('') + line + text.slice(at);
}

function correctionBefore({ type }: PemMarker, line: string): Correction {
  if (endsWithMarker(line)) return 'joined';
  return type === 'END' ? 'line-breaks' : 'surrounding-text';
}

/** As much of a line as is looked at to tell what follows a marker. */
const LONGEST_LINE = 200;

/** Another marker gets its own line anyway. Behind BEGIN, only a certificate or key itself may follow, not words. */
function isSplitBehind({ type }: PemMarker, behind: string): boolean {
  if (behind.trim() === '' || /^\s*-----(?:BEGIN|END) /.test(behind)) return false;
  return type === 'END' || /^\s*M[A-Za-z0-9+/]{3}/.test(behind);
}
