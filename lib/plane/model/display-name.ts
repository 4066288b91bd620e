import { MAX_DESCRIPTION_LENGTH, MAX_DISPLAY_NAME_LENGTH } from './shown-text';

/** Returns the problem with a display name as a sentence, or null. */
export function displayNameProblem(text: string): string | null {
  if (hasControls(text, false)) return 'Use a single line without control characters.';
  return tooLong(text, MAX_DISPLAY_NAME_LENGTH);
}

/** Returns the problem with a description as a sentence, or null. */
export function descriptionProblem(text: string): string | null {
  if (hasControls(text, true)) return 'Use text without control characters.';
  return tooLong(text, MAX_DESCRIPTION_LENGTH);
}

/** Ignores surrounding blanks, which aren't stored. */
function tooLong(text: string, max: number): string | null {
  const { length } = text.trim();
  return length > max ? `Use at most ${max} characters; this has ${length}.` : null;
}

/** @param lines whether line breaks and tabs are allowed */
function hasControls(text: string, lines: boolean): boolean {
  return [...text.trim()].some(
    (character) => /\p{Cc}/u.test(character) && !(lines && /[\n\r\t]/.test(character)),
  );
}

/** Returns the title of a plane: its display name, or its name if it has none. */
export function planeTitle({
  displayName,
  name,
}: {
  readonly displayName?: string | undefined;
  readonly name: string;
}): string {
  return displayName?.trim() ? displayName : name;
}
