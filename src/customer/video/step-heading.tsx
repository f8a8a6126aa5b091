import { useEffect, useRef, type ReactNode } from 'react';

/** The heading of a step: takes the focus when the step begins, so that it is read aloud and Tab goes on from there. */
export function StepHeading({ className, children }: { className?: string | undefined; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
