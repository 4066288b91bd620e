/** The wizard's place while it cannot show anything yet. */
export function WizardSkeleton({ words }: { readonly words: string }) {
  return (
    <div role="status" className="mx-auto w-full max-w-2xl px-4 py-8 sm:px-6">
      <span className="sr-only">{words}</span>
      <div aria-hidden="true" className="shimmer grid gap-3">
        <div className="h-6 w-48 rounded bg-pressed" />
        <div className="h-4 w-80 max-w-full rounded bg-pressed" />
        <div className="mt-4 h-20 rounded-lg bg-pressed" />
        <div className="h-20 rounded-lg bg-pressed" />
        <div className="h-20 rounded-lg bg-pressed" />
      </div>
    </div>
  );
}
