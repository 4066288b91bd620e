/** Puts a text on the clipboard; false when the browser refuses, or has no clipboard (plain http off loopback). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
