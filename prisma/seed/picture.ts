import sharp from "sharp";

/** A plain square with a unit's name on it, the only picture the demo brings. */
export function drawPicture(name: string): Promise<Buffer> {
  const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1080">
    <rect width="1080" height="1080" fill="#0a5c78"/><rect y="760" width="1080" height="320" fill="#e4f0f4"/>
    <circle cx="540" cy="400" r="190" fill="none" stroke="#5fbad7" stroke-width="28"/><path d="M450 400l65 70 120-140" fill="none" stroke="#fff" stroke-width="32"/>
    <text x="540" y="905" font-family="sans-serif" font-size="38" fill="#0a5c78" text-anchor="middle">${escaped}</text>
    <text x="540" y="975" font-family="sans-serif" font-size="30" fill="#474f59" text-anchor="middle">Data simulasi</text></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
}
