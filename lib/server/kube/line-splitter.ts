import 'server-only';

/** Splits a text that arrives in parts into lines. Takes linear time, also for a line of many parts. */
export class LineSplitter {
  private readonly parts: string[] = [];
  private waiting = 0;

  /** The length of the line that hasn't ended yet, in UTF-16 code units. */
  get waitingLength(): number {
    return this.waiting;
  }

  /** Takes the next part of the text. Returns the lines that it ends, without the empty ones. */
  push(text: string): string[] {
    // Only the new part is searched: the parts before it have no end of a line.
    const [first = '', ...others] = text.split('\n');
    this.add(first);
    if (others.length === 0) return [];
    const lines = [this.parts.join(''), ...others.slice(0, -1)];
    this.parts.length = 0;
    this.waiting = 0;
    this.add(others.at(-1) ?? '');
    return lines.filter((line) => line !== '');
  }

  private add(part: string): void {
    if (part === '') return;
    this.parts.push(part);
    this.waiting += part.length;
  }
}
