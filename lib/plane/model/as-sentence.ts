/** A message of another program as a sentence among others: with a full stop at its end. */
export function asSentence(message: string): string {
  const text = message.trim();
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`;
}
