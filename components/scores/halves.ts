/** Half-posts as they are written: 0, ½, 1, 1½ … */
export const halvesText = (halves: number): string => {
  const whole = Math.floor(halves / 2);
  if (halves % 2 === 0) return String(whole);
  return whole ? `${whole}½` : "½";
};
