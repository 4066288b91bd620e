/** Widths that look like a list of names; the bars are no data, so the words beside them say what is going on. */
const WIDTHS = ['w-52', 'w-40', 'w-60', 'w-44', 'w-56', 'w-36', 'w-48', 'w-40'] as const;

/** The list before it is known. */
export function FleetSkeleton({ words }: { readonly words: string }) {
  return (
    <div>
      <p role="status" className="px-4 py-3 text-muted">
        {words}
      </p>
      <div aria-hidden="true" className="shimmer border-line border-t bg-surface">
        {WIDTHS.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change.
          <div key={index} className="flex h-13 items-center gap-3 border-line border-b px-4">
            <span className="size-4 rounded-full bg-pressed" />
            <span className="h-3 w-20 rounded bg-pressed" />
            <span className={`ml-[12%] h-3 rounded bg-pressed ${width}`} />
            <span className="ml-auto h-3 w-16 rounded bg-pressed" />
          </div>
        ))}
      </div>
    </div>
  );
}
