/** The product's mark: three planes, one above the other. */
export function ProductMark() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className="shrink-0 text-accent">
      <path d="m10 2 8 4-8 4-8-4z" fill="currentColor" />
      <path
        d="m2.5 10 7.5 3.7 7.5-3.7M2.5 13.7 10 17.4l7.5-3.7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        opacity=".75"
      />
    </svg>
  );
}
