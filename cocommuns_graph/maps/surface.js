// What stands on the map itself: its colours, the legend, the buttons, and hints under the pointer.

const ZOOM_STEP = 1.3;

function readColors(map) {
  const style = getComputedStyle(map.root);
  const background = style.getPropertyValue("background-color");
  map.root.dataset.ground = isDark(map, background) ? "dark" : "light";
  const read = (name) => getComputedStyle(map.root).getPropertyValue(`--map-${name}`).trim();
  const names = ["background", "text", "quiet", "accent", "edge", "warn"];
  map.colors = Object.fromEntries(names.map((name) => [name, read(name) || "#59636d"]));
  const font = `13px ${style.fontFamily || "system-ui, sans-serif"}`;
  if (font !== map.font) map.widths.clear();
  map.font = font;
}

function isDark(map, color) {
  const probe = map.context;
  probe.save();
  probe.fillStyle = "#ffffff";
  probe.fillStyle = color;
  const [, hex] = /^#([0-9a-f]{6})$/.exec(probe.fillStyle) || [];
  probe.restore();
  if (!hex) return false;
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// What the legend holds: that of the look, or of the picture, then what lies over the map.
function legendEntries(map) {
  const { data, scene, overlay, words } = map;
  const own =
    data.look?.legend ||
    scene.picture.legend.map(({ plural, color, shape, count }) => ({ title: "", text: plural, color, shape, count }));
  const over = overlay.legend.length
    ? overlay.legend
    : [...new Set(overlay.ties.map((tie) => tie.kind))]
        .filter((kind) => TIE_STYLES[kind])
        .map((kind) => ({ title: "", text: words.say(kind), kind }));
  return [...own, ...over];
}

// The colour and the form of an entry's swatch; the overlay's kinds look as they are drawn.
function swatchOf(map, entry) {
  if (TIE_STYLES[entry.kind]) {
    const style = TIE_STYLES[entry.kind];
    return { color: entry.color || map.colors[style.color], form: style.dash.length ? "dash" : "line" };
  }
  if (entry.kind) return { color: entry.color || map.colors.warn, form: "badge", text: badgeOf(entry.kind) };
  return entry.color ? { color: entry.color, form: entry.shape || "dot" } : null;
}

function fillLegend(map) {
  map.legend.replaceChildren();
  let list = null;
  let title = null;
  for (const entry of legendEntries(map)) {
    if (!list || (entry.title || "") !== title) {
      title = entry.title || "";
      const group = part("div", "map-legend-group", map.legend);
      if (title) part("p", "map-legend-title", group, title);
      list = part("ul", "", group);
    }
    const item = part("li", "", list);
    const swatch = swatchOf(map, entry);
    if (swatch) {
      const drawn = part("span", `map-swatch ${swatch.form}`, item, swatch.text);
      drawn.setAttribute("aria-hidden", "true");
      drawn.style[swatch.form === "dash" ? "borderTopColor" : "backgroundColor"] = swatch.color;
    }
    const count = Number.isFinite(entry.count) ? ` (${map.words.number(entry.count)})` : "";
    part("span", "", item, `${entry.text}${count}`);
  }
  // Only a legend that has to be scrolled is a stop for the keyboard.
  if (map.legend.scrollHeight > map.legend.clientHeight + 1) {
    map.legend.tabIndex = 0;
    map.legend.setAttribute("role", "group");
    map.legend.setAttribute("aria-label", map.words.say("legend"));
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) map.legend.removeAttribute(name);
  }
}

function makeButtons(map) {
  const bar = part("div", "map-zoom", map.stage);
  const made = [];
  const button = (key, face, action) => {
    const one = part("button", "", bar);
    one.type = "button";
    one.addEventListener("click", action, { signal: map.signal });
    made.push({ one, key, face });
    return one;
  };
  button("zoom-in", () => "+", () => map.zoom(ZOOM_STEP));
  button("zoom-out", () => "−", () => map.zoom(1 / ZOOM_STEP));
  button("show-all", () => map.words.say("all"), () => map.showAll());
  button("full-screen", () => cornersIcon(), () => toggleFullScreen(map));
  button("save-png", () => "PNG", () => savePng(map));
  button("save-svg", () => "SVG", () => saveSvg(map));
  const speak = () => {
    for (const { one, key, face } of made) {
      const name = map.words.say(key === "full-screen" && isFullScreen(map) ? "leave-full-screen" : key);
      one.replaceChildren(face());
      one.setAttribute("aria-label", name);
      one.title = name;
    }
  };
  // What of the map they cover: no name is to stand there.
  const box = () => ({ left: bar.offsetLeft, top: 0, right: map.view.width, bottom: bar.offsetTop + bar.offsetHeight });
  return { speak, box };
}

// Four corners of a frame; no typeface everywhere has a sign for it.
function cornersIcon() {
  const icon = svgPart("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  const path = "M1 5.5V1h4.5M10.5 1H15v4.5M15 10.5V15h-4.5M5.5 15H1v-4.5";
  svgPart("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }, icon);
  return icon;
}

function isFullScreen(map) {
  const holder = map.root.getRootNode();
  return holder.fullscreenElement === map.root || map.root.classList.contains("map-filling");
}

// Where a browser has no full screen for parts of a page, the map fills the window.
async function toggleFullScreen(map) {
  const { root } = map;
  if (root.classList.contains("map-filling")) root.classList.remove("map-filling");
  else if (isFullScreen(map)) await document.exitFullscreen();
  else {
    try {
      await root.requestFullscreen();
    } catch {
      root.classList.add("map-filling");
    }
  }
  map.buttons.speak();
}

// Rings around what the pointer and the keys are at, and what it is called.
function paintHints(map) {
  const { scene, view, colors, context } = map;
  const ring = (number, thick) => {
    const at = view.toScreen(scene, number);
    context.beginPath();
    context.arc(at.x, at.y, Math.max(at.radius, 3) * 1.2 + 4, 0, 2 * Math.PI);
    context.lineWidth = thick;
    context.strokeStyle = colors.text;
    context.stroke();
  };
  if (map.cursor >= 0 && map.cursor !== map.selected && scene.shown[map.cursor]) ring(map.cursor, 2);
  if (map.hovered >= 0) {
    if (map.hovered !== map.selected) ring(map.hovered, 1.5);
    const at = view.toScreen(scene, map.hovered);
    const texts = [scene.name(map.hovered), ...(map.overlay.textsOf.get(map.hovered) || [])];
    paintHint(map, texts, at.x, at.y, at.radius);
  } else if (map.hoveredTie) {
    paintHint(map, [map.hoveredTie.text], map.hoveredTie.x, map.hoveredTie.y, 4);
  } else if (map.cursor >= 0 && map.cursor !== map.selected && scene.shown[map.cursor]) {
    const at = view.toScreen(scene, map.cursor);
    paintHint(map, [scene.name(map.cursor)], at.x, at.y, at.radius);
  }
}

const HINT_CHARACTERS = 64;

function paintHint(map, texts, x, y, radius) {
  const { context, view, colors } = map;
  const lines = texts.filter(Boolean).flatMap((text) => wrapped(text)).slice(0, 6);
  if (!lines.length) return;
  context.font = map.font;
  const wide = Math.max(...lines.map((line) => context.measureText(line).width)) + 16;
  const high = lines.length * 18 + 8;
  const left = Math.max(2, Math.min(view.width - wide - 2, x - wide / 2));
  const above = y - radius - high - 10;
  const top = above < 2 ? y + radius + 10 : above;
  context.beginPath();
  context.roundRect(left, top, wide, high, 4);
  context.fillStyle = colors.text;
  context.fill();
  context.fillStyle = colors.background;
  context.textBaseline = "middle";
  context.textAlign = "left";
  lines.forEach((line, number) => context.fillText(line, left + 8, top + 13.5 + number * 18));
}

function wrapped(text) {
  const flat = String(text).replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  const lines = [""];
  for (const word of flat.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > HINT_CHARACTERS) lines.push(word.slice(0, HINT_CHARACTERS));
    else lines[lines.length - 1] = (last ? `${last} ${word}` : word).slice(0, HINT_CHARACTERS);
  }
  return lines;
}

// The window, the colours of the page and the room change.
function watch(map) {
  const { signal, root } = map;
  const recolor = () => {
    if (signal.aborted) return;
    readColors(map);
    map.redraw();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor, { signal });
  // The page's theme changes its custom properties without an event; a transition of the background has one.
  root.addEventListener("transitionend", (event) => event.target === root && recolor(), { signal });
  const holder = root.getRootNode();
  holder.addEventListener("fullscreenchange", () => map.buttons.speak(), { signal });
  document.addEventListener("fullscreenchange", () => map.buttons.speak(), { signal });
  const observer = new ResizeObserver(() => {
    const wasWide = map.view.width;
    map.resize();
    if (!wasWide && map.view.width) map.place(false, map.selected);
    if (!map.drawn) map.redraw();
    map.panel?.draw();
  });
  observer.observe(map.canvas);
  signal.addEventListener("abort", () => observer.disconnect());
}
