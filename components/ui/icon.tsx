/** Line icons on a 24-pixel grid, drawn as one path each, so that an icon costs no client code. */
const ring = (x: number, y: number, r: number) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

const paths = {
  home: "M4 10.5 12 4l8 6.5V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19zM9.5 20.5V14h5v6.5",
  pencil: "M4 20l1-4.5L16.5 4a2.12 2.12 0 0 1 3 3L8 18.5zM14 6.5l3 3M13 20.5h7",
  post: "M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4",
  calendar: "M4 5.5h16v15H4zM4 10h16M8 3v4M16 3v4M8 14h.01M12 14h.01M16 14h.01M8 17.25h.01M12 17.25h.01",
  calendarClock: "M20 9.5v-4H4v15h6M4 10h7M8 3v4M16 3v4M16.5 14.5v2.25l1.5 1M11.5 16.5a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
  stamp: "M5 20.5h14M6 16.5h12v-1.5a2 2 0 0 0-2-2h-2.5V10.5a3.5 3.5 0 1 0-3 0V13H8a2 2 0 0 0-2 2z",
  inbox: "M3.5 13.5 6.25 5h11.5l2.75 8.5v5.5h-17zM3.5 13.5h5l1.5 2.5h4l1.5-2.5h5",
  bars: "M5 20v-6M12 20V4M19 20v-9",
  megaphone: "M4 9.5v4h3l9.5 4.5V5L7 9.5zM19.5 9.5v4M7.5 14l1.5 6h3l-1.5-4.5",
  match: "M4 7h10M4 12h10M4 17h6M14.5 16.5l2.5 2.5 4-5",
  lifebuoy: `${ring(12, 12, 8.5)}${ring(12, 12, 3.5)}M6 6l3.5 3.5M14.5 14.5 18 18M18 6l-3.5 3.5M9.5 14.5 6 18`,
  shieldAlert: "M12 3l7.5 2.5v6c0 4.5-3.2 7.7-7.5 9.5-4.3-1.8-7.5-5-7.5-9.5v-6zM12 8.5v4M12 15.75h.01",
  shieldCheck: "M12 3l7.5 2.5v6c0 4.5-3.2 7.7-7.5 9.5-4.3-1.8-7.5-5-7.5-9.5v-6zM8.75 12l2.25 2.25 4.25-4.5",
  report: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12h6M9 15.5h6",
  verified: `${ring(12, 12, 8.5)}M8.25 12.25l2.5 2.5 5-5.25`,
  link: "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7",
  users: `${ring(9, 8, 3.5)}M3 20v-1a5 5 0 0 1 5-5h2a5 5 0 0 1 5 5v1M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.5a5 5 0 0 1 3 4.5v1`,
  user: `${ring(12, 8, 4)}M5 20.5v-1a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v1`,
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.25l3 1.75",
  clock: `${ring(12, 12, 8.5)}M12 7v5.25l3.25 2`,
  settings: `${ring(9, 7, 2.5)}${ring(15, 17, 2.5)}M4 7h2.5M11.5 7H20M4 17h8.5M17.5 17H20`,
  more: `${ring(5, 12, 0.6)}${ring(12, 12, 0.6)}${ring(19, 12, 0.6)}`,
  search: `${ring(10.5, 10.5, 6.5)}M15.25 15.25 20.5 20.5`,
  filter: "M4 7h16M7 12h10M10 17h4",
  chevronDown: "M6 9.5l6 6 6-6",
  chevronRight: "M9.5 6l6 6-6 6",
  chevronLeft: "M14.5 6l-6 6 6 6",
  chevronsUpDown: "M7.5 9.5 12 5l4.5 4.5M7.5 14.5 12 19l4.5-4.5",
  arrowUp: "M12 19.5v-15M5.5 11 12 4.5l6.5 6.5",
  arrowDown: "M12 4.5v15M5.5 13l6.5 6.5 6.5-6.5",
  arrowLeft: "M19.5 12h-15M11 5.5 4.5 12l6.5 6.5",
  arrowRight: "M4.5 12h15M13 5.5l6.5 6.5-6.5 6.5",
  returned: "M9 4.5 4 9.5l5 5M4 9.5h10.5a5.25 5.25 0 0 1 0 10.5H11",
  forward: "M15 4.5l5 5-5 5M20 9.5H9.5a5.25 5.25 0 0 0 0 10.5H12",
  external: "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9",
  check: "M5 12.5l4.5 4.5L19 7",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  info: `${ring(12, 12, 8.5)}M12 11.5v4.5M12 8h.01`,
  alert: `${ring(12, 12, 8.5)}M12 8v4.5M12 16h.01`,
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 17h.01",
  wrong: `${ring(12, 12, 8.5)}M9 9l6 6M15 9l-6 6`,
  question: `${ring(12, 12, 8.5)}M9.5 9.75a2.5 2.5 0 1 1 3.6 2.25c-.7.35-1.1.9-1.1 1.75M12 16.75h.01`,
  lock: "M5.5 11h13v9.5h-13zM8 11V8a4 4 0 0 1 8 0v3",
  eye: `M2.5 12C4.5 8 8 6 12 6s7.5 2 9.5 6c-2 4-5.5 6-9.5 6s-7.5-2-9.5-6z${ring(12, 12, 2.75)}`,
  eyeOff:
    "M9.9 6.2C10.6 6.1 11.3 6 12 6c4 0 7.5 2 9.5 6a13 13 0 0 1-2.4 3.3M6.3 7.6A12 12 0 0 0 2.5 12c2 4 5.5 6 9.5 6 1.9 0 3.6-.45 5.1-1.25M10 10a2.8 2.8 0 0 0 4 4M4 4l16 16",
  contrast: `${ring(12, 12, 8.5)}M12 3.5v17M12 7.5h6.5M12 11h8.25M12 14.5h8M12 18h5`,
  globe: `${ring(12, 12, 8.5)}M3.5 12h17M12 3.5c2.3 2.3 3.5 5.2 3.5 8.5s-1.2 6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5s1.2-6.2 3.5-8.5`,
  logOut: "M10 4.5H5v15h5M15 8l4 4-4 4M19 12H9.5",
  print: "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
  upload: "M12 15.5V4.5M7 9.5l5-5 5 5M4.5 20h15",
  image: `M4 4.5h16v15H4z${ring(9, 9.5, 1.75)}M4.5 18l5-4.5 3 2.5 3.5-3.5 3.5 3.5`,
  video: "M3.5 6.5h12v11h-12zM15.5 10.5l5-3v9l-5-3",
  hash: "M9.5 4 8 20M16 4l-1.5 16M4.5 9h15.5M4 15h15.5",
  at: `${ring(12, 12, 3.75)}M15.75 8.25v5a2.375 2.375 0 0 0 4.75 0V12A8.5 8.5 0 1 0 17 18.9`,
  message: "M4 5h16v11.5h-9L6.5 20v-3.5H4z",
  noteSheet: "M5 4.5h14v10l-5 5H5zM19 14.5h-5v5",
  bookmark: "M6.5 4h11v16.5L12 17l-5.5 3.5z",
  flag: "M5 21V4.5M5 5c4-2 7 2 14 0v9.5c-7 2-10-2-14 0",
  table: "M4 4.5h16v15H4zM4 9.5h16M10 9.5v10",
  map: "M4 6l5.5-2 5 2L20 4v14l-5.5 2-5-2L4 20zM9.5 4v14M14.5 6v14",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  trash: "M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5l1 14h9l1-14M10.25 10.5v6M13.75 10.5v6",
  copy: "M8.5 8.5h11.5v12H8.5zM5 15.5H4v-12h11.5v1.5",
  pause: "M9 5.5v13M15 5.5v13",
  send: "M4 4.5 20.5 12 4 19.5l2.5-7.5zM6.5 12h7",
  keyboard: "M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8",
  building: "M5 20.5V4h9v16.5M14 9.5h5v11M3 20.5h18M8 8h3M8 12h3M8 16h3",
  refresh: "M19.5 12A7.5 7.5 0 0 1 6 16.5M4.5 12A7.5 7.5 0 0 1 18 7.5M18 3.5v4h-4M6 20.5v-4h4",
} as const;

export type IconName = keyof typeof paths;

type Props = { name: IconName; size?: number; className?: string };

/** Decoration beside words; an icon alone gets its name from the control around it. */
export function Icon({ name, size, className = "" }: Props) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 24 24" aria-hidden="true" style={size ? { width: size, height: size } : undefined}>
      <path d={paths[name]} />
    </svg>
  );
}
