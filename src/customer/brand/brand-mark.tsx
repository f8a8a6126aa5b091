/** The teller's window, on the ink frame. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M4 21V10.5a8 8 0 0 1 16 0V21M2 22h20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="square"
      />
      <rect x="8.5" y="17" width="7" height="2.4" rx="0.4" fill="var(--color-signal)" />
    </svg>
  );
}
