/** Says something to screen readers that is seen on the page anyway. It must be on the page before it has something to say. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
