/** How the arrow keys walk over a map: left and right go from west to east through every place, up and down to the nearest. Pure. */

export type Spot = { code: string; x: number; y: number };

/** From west to east; what lies exactly below one another from north to south. */
export const westToEast = <S extends Spot>(spots: readonly S[]): S[] => [...spots].sort((a, b) => a.x - b.x || a.y - b.y);

/** The place that a key leads to from `from`; null for other keys and at the edge. `spots` come from west to east. */
export function walk(spots: readonly Spot[], from: string, key: string): string | null {
  const index = spots.findIndex(({ code }) => code === from);
  const here = spots[index];
  if (!here) return null;
  switch (key) {
    case "ArrowLeft":
      return spots[index - 1]?.code ?? null;
    case "ArrowRight":
      return spots[index + 1]?.code ?? null;
    case "Home":
      return spots[0]?.code ?? null;
    case "End":
      return spots.at(-1)?.code ?? null;
    case "ArrowUp":
      return nearest(spots, here, -1);
    case "ArrowDown":
      return nearest(spots, here, 1);
    default:
      return null;
  }
}

/** The nearest to the north (-1) or south (1), what lies straight before what lies aside. */
function nearest(spots: readonly Spot[], here: Spot, way: 1 | -1): string | null {
  const cost = ({ x, y }: Spot) => (y - here.y) * way + 2 * Math.abs(x - here.x);
  const ahead = spots.filter(({ y }) => (y - here.y) * way > 0).sort((a, b) => cost(a) - cost(b));
  return ahead[0]?.code ?? null;
}
