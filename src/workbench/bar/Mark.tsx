/** The mark: a lambda, the usual name of a costate, as two trajectories that meet. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path className="mark-state" d="M5 3.5c5.2 0 6 4 8 9s2.8 8 6.5 8" />
      <path className="mark-costate" d="M4.5 20.5c3.5 0 5.1-5 7.1-10.3" />
    </svg>
  );
}
