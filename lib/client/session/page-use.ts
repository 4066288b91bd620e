/** Whether a person has used this page since the session was last renewed. Opening the page is the first use of it. */
let isUsed = true;

/** Notes that a person uses the page. */
export function notePageUse(): void {
  isUsed = true;
}

/** Notes that the session was renewed: the next renewal needs another use. */
export function forgetPageUse(): void {
  isUsed = false;
}

export function isPageUsed(): boolean {
  return isUsed;
}
