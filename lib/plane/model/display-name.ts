/** What people call a plane is a line of a list and a tile of a wall. */
export const MAX_DISPLAY_NAME_CHARACTERS = 200;
/** Some paragraphs; whoever has more to say keeps a page elsewhere. */
export const MAX_DESCRIPTION_CHARACTERS = 4000;

/** What is wrong with a display name, in a sentence; null: nothing is. */
export function displayNameProblem(text: string): string | null {
  if (hasControls(text, false)) return 'A display name is one line of text, without control characters.';
  return tooLong(text, MAX_DISPLAY_NAME_CHARACTERS);
}

/** What is wrong with a description, in a sentence; null: nothing is. */
export function descriptionProblem(text: string): string | null {
  if (hasControls(text, true)) return 'A description is text, without control characters.';
  return tooLong(text, MAX_DESCRIPTION_CHARACTERS);
}

/** Blanks around it are not stored. */
function tooLong(text: string, max: number): string | null {
  const { length } = text.trim();
  return length > max ? `Use at most ${max} characters; these are ${length}.` : null;
}

/** @param lines whether line breaks and tabs are text */
function hasControls(text: string, lines: boolean): boolean {
  return [...text.trim()].some(
    (character) => /\p{Cc}/u.test(character) && !(lines && /[\n\r\t]/.test(character)),
  );
}

/** What people call a plane: its display name, else its name. */
export function planeTitle({
  displayName,
  name,
}: {
  readonly displayName?: string | undefined;
  readonly name: string;
}): string {
  return displayName?.trim() ? displayName : name;
}
