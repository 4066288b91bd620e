/** Lines that the layout has broken, each in an element of its own; with blanks between them for those who hear them. */
export function TextLines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place.
    <span key={index} className="block">
      {line}{' '}
    </span>
  ));
}
