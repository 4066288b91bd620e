/** Planned work: no state of health, so it looks like none of them. */
export function WrenchShape() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" style={{ color: 'var(--color-maintenance)' }}>
      <path
        d="M10.6 1.2a4.2 4.2 0 0 0-4 5.5L1.5 11.8a1.9 1.9 0 0 0 2.7 2.7l5.1-5.1a4.2 4.2 0 0 0 5.4-5.2l-2.6 2.6-2.3-.6-.6-2.3 2.6-2.6a4 4 0 0 0-1.2-.1z"
        fill="currentColor"
      />
    </svg>
  );
}
