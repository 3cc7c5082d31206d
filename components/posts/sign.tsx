// Drawn here: the icon table would travel to the browser with every form.
const signs = {
  cross: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M9 9l6 6M15 9l-6 6",
  warning: "M12 4 21 19.5H3zM12 10v4M12 16.75h.01",
  check: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M8.25 12.25l2.5 2.5 5-5.25",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 5M15.5 9h.01",
  bin: "M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 7v5.25l3.25 2",
  plus: "M12 5v14M5 12h14",
  video: "M3.5 6.5h12v11h-12zM15.5 10.5l5-3v9l-5-3",
  library: "M4 8h16v12H4zM6.5 4.5h11M5 6.25h14",
} as const;

export const Sign = ({ name }: { name: keyof typeof signs }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={signs[name]} />
  </svg>
);
