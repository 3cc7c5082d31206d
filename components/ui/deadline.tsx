type Props = {
  /** Share of the working time that is used, 0 to 1. Without it the pill is a plain word ("terbit 16.00 WIB"). */
  share?: number;
  over?: boolean;
  /** "sisa 1 j 18 m", "lewat 38 m" */
  label: string;
};

const around = 2 * Math.PI * 5;

/** Time left as a pill: amber from 75 %, outlined from 90 %, red when past. */
export function Deadline({ share, over = false, label }: Props) {
  const tone = over ? "deadline-over" : (share ?? 0) >= 0.9 ? "deadline-urgent" : (share ?? 0) >= 0.75 ? "deadline-soon" : "";
  const used = over ? 1 : Math.min(1, Math.max(0, share ?? 0));
  return (
    <span className={`deadline ${tone}`}>
      {share !== undefined && (
        <svg width="12" height="12" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="2.5" aria-hidden="true">
          <circle cx="7" cy="7" r="5" opacity="0.28" />
          <circle cx="7" cy="7" r="5" strokeDasharray={`${(used * around).toFixed(1)} 40`} transform="rotate(-90 7 7)" />
        </svg>
      )}
      {label}
    </span>
  );
}
