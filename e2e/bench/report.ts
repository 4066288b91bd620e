/** Prints one line of the report. */
export function row(what: string, value: string): void {
  console.log(`${what.padEnd(46)} ${value}`);
}
