/** Returns a canary as plain text, and as base64 at each of the three offsets it can start at. */
export function formsOf(canary: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + canary).toString('base64');
    // The first and last groups depend on the surrounding bytes.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [canary, ...base64];
}
