const radius = 6;
const circumference = 2 * Math.PI * radius;

/** How much of something is done, from 0 to 1, as a ring that closes. */
export function Ring({ share }: { share: number }) {
  return (
    <svg className="ring" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r={radius} className="rail" />
      <circle
        cx="8"
        cy="8"
        r={radius}
        className="done"
        strokeDasharray={`${share * circumference} ${circumference}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
