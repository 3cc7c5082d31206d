/** The shield with its open letter. `--mark-line` is the colour the letter is cut in. */
export const BrandMark = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 1.5 21 4.5v6.75c0 5.25-3.6 9-9 11.25-5.4-2.25-9-6-9-11.25V4.5z" fill="currentColor" />
    <path
      d="M16 9.25A4.5 4.5 0 1 0 16.5 12.5H12.75"
      fill="none"
      stroke="var(--mark-line, var(--bg))"
      strokeWidth="2.25"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** The mark with the product's name. */
export const Brand = () => (
  <span className="brand">
    <BrandMark />
    Garda
  </span>
);
