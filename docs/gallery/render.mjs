// Draws the replies that `cargo test --test discord gallery -- --ignored` wrote as pictures, one a scene.
//
//   npm install
//   node render.mjs ../../target/tmp/gallery.json
//
// Needs Chromium (CHROMIUM names it, else `chromium`). The components are those of
// @skyra/discord-components-core, which draw messages as Discord's own client does.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const scenes = JSON.parse(readFileSync(process.argv[2] ?? join(here, "../../target/tmp/gallery.json")));
const work = mkdtempSync(join(tmpdir(), "gallery-"));

buildSync({
  stdin: { contents: 'import "@skyra/discord-components-core";', resolveDir: here },
  bundle: true,
  format: "iife",
  outfile: join(work, "components.js"),
  logLevel: "error",
});

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Who is who in the scenes. */
const people = { "1500000000000000001": "@Ada", "1500000000000000002": "@Bob" };

/** A time as Discord shows it. */
function moment(at, style) {
  if (style === "R") return "a minute ago";
  const day = style === "F" ? { weekday: "long" } : {};
  const options = { ...day, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" };
  return new Date(at * 1000).toLocaleString("en-GB", options);
}

/** The Markdown that the bot itself writes, as Discord shows it. */
function inline(text) {
  const kept = [];
  const keep = (html) => `\u0000${kept.push(html) - 1}\u0000`;
  let rest = text.replace(/\\([\\*_~`|[\]<>:@#().-])/g, (_, mark) => keep(escaped(mark)));
  rest = rest.replace(/`([^`]+)`/g, (_, code) => keep(`<code>${escaped(code)}</code>`));
  rest = rest.replace(/\[((?:\[[^\]]*\])|[^\]]+)\]\((https?:[^)]+)\)/g, (_, label, url) =>
    keep(`<a href="${escaped(url)}">${escaped(label)}</a>`));
  rest = rest.replace(/<t:(\d+):([a-zA-Z])>/g, (_, at, style) => keep(moment(at, style)));
  rest = rest.replace(/https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+/g, () => keep('<span class="mention">#general › message</span>'));
  rest = rest.replace(/<(@&|#|@)(\d+)>/g, (_, kind, id) => keep(`<span class="mention">${kind === "#" ? "#general" : people[id] ?? "@name"}</span>`));
  rest = escaped(rest).replace(/\*\*(.+?)\*\*/g, "<b>$1</b>");
  while (/\u0000\d+\u0000/.test(rest)) rest = rest.replace(/\u0000(\d+)\u0000/g, (_, at) => kept[Number(at)]);
  return rest;
}

function markdown(text) {
  return text.split("\n").map((line) => {
    if (line.startsWith("> ")) return `<div class="quote" dir="auto">${inline(line.slice(2))}</div>`;
    if (line.startsWith("- ")) return `<div class="item" dir="auto">${inline(line.slice(2))}</div>`;
    return line === "" ? '<div class="gap"></div>' : `<div dir="auto">${inline(line)}</div>`;
  }).join("");
}

/** A round picture with a letter, in place of a person's own. */
const avatar = (letter, colour) => "data:image/svg+xml," + encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/>
   <text x="20" y="27" font-size="20" font-family="sans-serif" text-anchor="middle" fill="white">${letter}</text></svg>`);

const styles = { 1: "primary", 2: "secondary", 3: "success", 4: "destructive" };

function button(part) {
  return part.style === 5
    ? `<discord-button url="${escaped(part.url)}">${escaped(part.label)}</discord-button>`
    : `<discord-button type="${styles[part.style]}">${escaped(part.label)}</discord-button>`;
}

function page(scene) {
  const { message } = scene;
  const embeds = message.embeds.map((embed) => `
    <discord-embed slot="embeds">
      <discord-embed-description slot="description">${markdown(embed.description ?? "")}</discord-embed-description>
      ${embed.footer ? `<discord-embed-footer slot="footer">${escaped(embed.footer.text)}</discord-embed-footer>` : ""}
    </discord-embed>`).join("");
  const rows = message.components.map((row) =>
    `<discord-action-row>${row.components.map(button).join("")}</discord-action-row>`).join("");
  return `<!doctype html><html><head><meta charset="utf-8"><style>
    body { margin: 0; background: #313338; }
    discord-messages { border: 0; }
    .quote { border-inline-start: 4px solid #4e5058; padding-inline-start: 12px; margin: 2px 0; unicode-bidi: plaintext; }
    .item::before { content: "•  "; }
    .gap { height: 0.6em; }
    .mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; }
    a { color: #00a8fc; text-decoration: none; }
    code { background: #1e1f22; border-radius: 3px; padding: 0 3px; }
    discord-embed-description { max-width: 620px; white-space: normal; }
  </style></head><body><discord-messages>
    <discord-message author="${scene.by}" avatar="${avatar(scene.by[0], "#5865f2")}" timestamp="today">${escaped(scene.did)}</discord-message>
    <discord-message author="Footnote" avatar="${avatar("F", "#3ba55d")}" bot timestamp="today" ${scene.private ? "ephemeral" : ""}>
      ${markdown(message.content)}
      ${embeds}
      ${rows ? `<discord-attachments slot="components">${rows}</discord-attachments>` : ""}
    </discord-message>
  </discord-messages><script src="components.js"></script></body></html>`;
}

const chromium = (...more) => execFileSync(process.env.CHROMIUM ?? "chromium", [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files",
  `--user-data-dir=${join(work, "profile")}`, "--virtual-time-budget=4000", ...more,
], { stdio: ["ignore", "pipe", "ignore"] }).toString();

for (const scene of scenes) {
  const file = join(work, `${scene.name}.html`);
  // How high the page is, it says itself.
  const measured = page(scene).replace("</body>",
    "<script>addEventListener('load', () => setTimeout(() => document.title = document.querySelector('discord-messages').offsetHeight, 1000))</script></body>");
  writeFileSync(file, measured);
  const height = Number(chromium("--window-size=760,2000", "--dump-dom", pathToFileURL(file)).match(/<title>(\d+)/)?.[1] ?? 800);
  chromium(`--window-size=760,${height + 8}`, `--screenshot=${join(here, `${scene.name}.png`)}`, pathToFileURL(file));
  console.log(`${scene.name}.png`);
}
