/** The colours of the map: five steps by share, from the share as a whole percent, so that colour and printed figure agree. Pure. */

/** The least whole percent of each step above the lowest. */
export const stepBounds = [15, 30, 45, 60] as const;
export type Step = 0 | 1 | 2 | 3 | 4;

export const stepOf = (active: number, units: number): Step => {
  const percent = Math.round((active * 100) / units);
  return stepBounds.filter((bound) => percent >= bound).length as Step;
};
