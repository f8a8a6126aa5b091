export interface MarkProps {
  size: number;
}

/** The product's mark: a teller's window with a light on. */
export function Mark({ size }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" fill="none" aria-hidden="true">
      <path d="M4 23V11a9 9 0 0 1 18 0v12" stroke="currentColor" strokeWidth="2.4" />
      <path d="M1.5 23.5h23" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M9.5 19h7" stroke="var(--color-signal)" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
