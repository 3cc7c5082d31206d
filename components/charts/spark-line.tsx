type Props = { values: number[]; label: string; width?: number; height?: number };

/** A trend small enough for a table cell: the line and its last point. `label` says what it shows. */
export function SparkLine({ values, label, width = 72, height = 20 }: Props) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => ({
    x: 3 + (index / Math.max(1, values.length - 1)) * (width - 6),
    y: 3 + (1 - (value - low) / span) * (height - 6),
  }));
  const last = points.at(-1);
  if (!last) return null;
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
      <circle cx={last.x.toFixed(1)} cy={last.y.toFixed(1)} r="3" />
    </svg>
  );
}
