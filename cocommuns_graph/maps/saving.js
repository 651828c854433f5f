// Saves what is seen as a picture with its title and legend: PNG at twice the size, or SVG that needs nothing else.

const IMAGE_SCALE = 2;
const TITLE_HIGH = 44;
const LEGEND_LINE = 20;
const EDGE = 16;
const SVG_SPACE = "http://www.w3.org/2000/svg";

// Text as XML can hold it.
function clean(text) {
  return String(text)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ");
}

function fileName(title, ending) {
  const name = clean(title).replace(/[^\p{L}\p{N} _-]+/gu, "-").replace(/\s+/g, " ").slice(0, 80);
  return `${name.replace(/^[- ]+|[- ]+$/g, "") || "map"}.${ending}`;
}

function hand(map, blob, ending) {
  const file = fileName(map.data.picture.title, ending);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  map.say(map.words.say("saved", { file }));
}

// Where the parts of the legend go under a picture of that width: [{x, y, text, bold, swatch}], and how high it is.
function legendLayout(map, measure, width) {
  const placed = [];
  let x = EDGE;
  let y = 0;
  let title = "";
  const put = (text, bold, swatch) => {
    const wide = measure(text, bold) + (swatch ? 18 : 0) + 16;
    if (x > EDGE && x + wide > width - EDGE) {
      x = EDGE;
      y += LEGEND_LINE;
    }
    placed.push({ x, y, text, bold, swatch });
    x += wide;
  };
  for (const entry of legendEntries(map)) {
    if (entry.title && entry.title !== title) {
      if (x > EDGE) y += LEGEND_LINE;
      x = EDGE;
      put(entry.title, true, null);
    }
    title = entry.title || "";
    const count = Number.isFinite(entry.count) ? ` (${map.words.number(entry.count)})` : "";
    put(`${entry.text}${count}`, false, swatchOf(map, entry));
  }
  return { placed, height: placed.length ? y + LEGEND_LINE + EDGE : 0 };
}

function seenView(map) {
  const view = new View();
  const { x, y, scale, width, height } = map.view;
  return Object.assign(view, { x, y, scale, width, height, ratio: IMAGE_SCALE });
}

function savePng(map) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const view = seenView(map);
  const fonts = { false: map.font, true: map.font.replace("13px", "600 13px") };
  const measure = (text, bold) => {
    context.font = fonts[bold];
    return context.measureText(text).width;
  };
  const legend = legendLayout(map, measure, view.width);
  canvas.width = view.width * IMAGE_SCALE;
  canvas.height = (TITLE_HIGH + view.height + EDGE + legend.height) * IMAGE_SCALE;
  context.setTransform(IMAGE_SCALE, 0, 0, IMAGE_SCALE, 0, 0);
  context.fillStyle = map.colors.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.translate(0, TITLE_HIGH);
  context.beginPath();
  context.rect(0, 0, view.width, view.height);
  context.clip();
  new Painter(context, map, view).paint();
  context.restore();
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = map.colors.text;
  context.font = map.font.replace("13px", "600 18px");
  context.fillText(shownTitle(map), EDGE, TITLE_HIGH / 2);
  for (const { x, y, text, bold, swatch } of legend.placed) {
    const middle = TITLE_HIGH + view.height + EDGE + y + LEGEND_LINE / 2;
    if (swatch) paintSwatch(context, map, swatch, x + 6, middle);
    context.font = fonts[bold];
    context.textAlign = "left";
    context.fillStyle = map.colors.text;
    context.fillText(text, x + (swatch ? 18 : 0), middle);
  }
  canvas.toBlob((blob) => blob && hand(map, blob, "png"), "image/png");
}

function shownTitle(map) {
  return clean(map.data.picture.title).replace(/\s+/g, " ");
}

function paintSwatch(context, map, swatch, x, y) {
  if (swatch.form === "badge") {
    context.save();
    context.translate(x, y);
    const badge = swatch.text;
    paintBadge(context, Object.keys(BADGES).find((kind) => BADGES[kind] === badge) || badge, 0, 0, map.colors);
    context.restore();
    return;
  }
  context.beginPath();
  if (swatch.form === "line" || swatch.form === "dash") {
    context.setLineDash(swatch.form === "dash" ? [4, 3] : []);
    context.moveTo(x - 6, y);
    context.lineTo(x + 7, y);
    context.lineWidth = 3;
    context.strokeStyle = swatch.color;
    context.stroke();
    context.setLineDash([]);
    return;
  }
  tracePath(context, swatch.form, x, y, 5);
  context.fillStyle = swatch.color;
  context.fill();
}

// Takes the calls of a canvas path and writes them down as the `d` of an SVG path.
class PathText {
  constructor() {
    this.parts = [];
  }

  moveTo(x, y) {
    this.parts.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x, y) {
    this.parts.push(`L${short(x)} ${short(y)}`);
  }

  closePath() {
    this.parts.push("Z");
  }

  rect(x, y, width, height) {
    this.parts.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  // A whole circle only: shapes of records have no other arcs.
  arc(x, y, radius) {
    const [left, right, middle] = [short(x - radius), short(x + radius), short(y)];
    const r = (right - left) / 2;
    this.parts.push(`M${right} ${middle}A${r} ${r} 0 1 1 ${left} ${middle}A${r} ${r} 0 1 1 ${right} ${middle}Z`);
  }

  toString() {
    return this.parts.join("");
  }
}

function short(number) {
  return Math.round(number * 100) / 100;
}

function svgPart(tag, attributes, parent, text) {
  const made = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, clean(value));
  if (text !== undefined) made.textContent = clean(text);
  parent?.append(made);
  return made;
}

function saveSvg(map) {
  const text = new XMLSerializer().serializeToString(svgOf(map));
  hand(map, new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: "image/svg+xml" }), "svg");
}

function svgOf(map) {
  const view = seenView(map);
  const scratch = document.createElement("canvas");
  scratch.width = scratch.height = 1;
  const context = scratch.getContext("2d");
  const painter = new Painter(context, map, view);
  const { labels } = painter.paint();
  const measure = (text, bold) => {
    context.font = bold ? map.font.replace("13px", "600 13px") : map.font;
    return context.measureText(text).width;
  };
  const legend = legendLayout(map, measure, view.width);
  const width = Math.round(view.width);
  const height = Math.round(TITLE_HIGH + view.height + EDGE + legend.height);
  const { colors } = map;
  const family = map.font.replace(/^13px /, "");
  const box = { xmlns: SVG_SPACE, width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "font-family": family };
  delete box.xmlns;
  const svg = svgPart("svg", { ...box, "font-size": 13 }, null);
  svgPart("title", {}, svg, shownTitle(map));
  svgPart("rect", { width, height, fill: colors.background }, svg);
  const heading = { x: EDGE, y: TITLE_HIGH / 2, "dominant-baseline": "central", "font-size": 18, "font-weight": 600 };
  svgPart("text", { ...heading, fill: colors.text }, svg, shownTitle(map));
  const clipId = `${map.id}-seen`;
  const clip = svgPart("clipPath", { id: clipId }, svgPart("defs", {}, svg));
  svgPart("rect", { width, height: Math.round(view.height) }, clip);
  const outer = svgPart("g", { transform: `translate(0 ${TITLE_HIGH})` }, svg);
  const body = svgPart("g", { "clip-path": `url(#${clipId})` }, outer);
  svgTies(painter, body);
  svgOverlay(painter, body);
  svgRecords(painter, body);
  svgNames(painter, body, labels);
  const low = svgPart("g", { transform: `translate(0 ${TITLE_HIGH + Math.round(view.height) + EDGE})` }, svg);
  for (const entry of legend.placed) svgLegendEntry(map, low, entry);
  return svg;
}

function tiesPath({ scene, x, y }, ties) {
  const path = new PathText();
  for (const tie of ties) {
    path.moveTo(x[scene.source[tie]], y[scene.source[tie]]);
    path.lineTo(x[scene.target[tie]], y[scene.target[tie]]);
  }
  return String(path);
}

function svgTies(painter, parent) {
  const { state, scene, ties, strong } = painter;
  const opacity = (strong ? 0.4 : 1) * Math.max(0.07, Math.min(0.6, 900 / Math.max(1, ties.length)));
  const thin = { fill: "none", stroke: state.colors.edge, "stroke-width": ties.length > 1200 ? 0.5 : 1 };
  svgPart("path", { d: tiesPath(painter, ties), ...thin, "stroke-opacity": short(opacity) }, parent);
  if (state.selected < 0) return;
  const own = ties.filter((tie) => scene.source[tie] === state.selected || scene.target[tie] === state.selected);
  const strongly = { fill: "none", stroke: state.colors.accent, "stroke-width": 1.6 };
  svgPart("path", { d: tiesPath(painter, own), ...strongly }, parent);
}

function svgOverlay({ state, scene, x, y }, parent) {
  for (const { source, target, kind, text } of state.overlay.ties) {
    if (!scene.shown[source] || !scene.shown[target]) continue;
    const style = TIE_STYLES[kind] || TIE_STYLES.bridge;
    const ends = { x1: short(x[source]), y1: short(y[source]), x2: short(x[target]), y2: short(y[target]) };
    const drawn = { stroke: state.colors[style.color], "stroke-width": style.width, "stroke-linecap": "round" };
    if (style.dash.length) drawn["stroke-dasharray"] = style.dash.join(" ");
    svgPart("title", {}, svgPart("line", { ...ends, ...drawn }, parent), text || "");
  }
}

function svgRecords(painter, parent) {
  const { scene, state, strong, inside, x, y, radius } = painter;
  const badges = byRecord(state.overlay.marks);
  for (const number of inside.toSorted((a, b) => radius[b] - radius[a])) {
    const path = new PathText();
    tracePath(path, scene.shapeOf(number), x[number], y[number], radius[number]);
    const drawn = { d: path, fill: scene.colorOf(number), stroke: state.colors.background };
    if (strong && !strong.has(number)) drawn.opacity = DIMMED;
    svgPart("title", {}, svgPart("path", drawn, parent), scene.name(number));
    const size = Math.max(radius[number], 3) * 1.2 + 4;
    const ring = { cx: short(x[number]), cy: short(y[number]), r: short(size), fill: "none", "stroke-width": 2.5 };
    if (number === state.selected || number === state.other) {
      svgPart("circle", { ...ring, stroke: state.colors.accent }, parent);
    }
    if (!badges.has(number)) continue;
    svgPart("circle", { ...ring, stroke: state.colors.warn }, parent);
    badges.get(number).forEach((kind, order) => {
      svgBadge(state, parent, badgeOf(kind), x[number] + size * 0.75 + order * 15, y[number] - size * 0.75);
    });
  }
}

function svgBadge(state, parent, sign, x, y) {
  svgPart("circle", { cx: short(x), cy: short(y), r: 7, fill: state.colors.warn }, parent);
  const middle = { x: short(x), y: short(y), "text-anchor": "middle", "dominant-baseline": "central", "font-size": 11 };
  svgPart("text", { ...middle, "font-weight": 700, fill: state.colors.background }, parent, sign);
}

function svgNames({ state }, parent, labels) {
  const halo = { stroke: state.colors.background, "stroke-width": 3, "paint-order": "stroke", fill: state.colors.text };
  for (const label of labels) {
    if (label.leader) {
      const [x1, y1, x2, y2] = leaderEnds(label).map(short);
      svgPart("line", { x1, y1, x2, y2, stroke: state.colors.quiet, "stroke-width": 1 }, parent);
    }
    const at = { x: short(label.left + 2), y: short((label.top + label.bottom) / 2), "dominant-baseline": "central" };
    svgPart("text", { ...at, ...halo }, parent, label.text);
  }
}

function svgLegendEntry(map, parent, { x, y, text, bold, swatch }) {
  const middle = y + LEGEND_LINE / 2;
  if (swatch) {
    if (swatch.form === "badge") svgBadge(map, parent, swatch.text, x + 6, middle);
    else if (swatch.form === "line" || swatch.form === "dash") {
      const line = { x1: x, y1: middle, x2: x + 13, y2: middle, stroke: swatch.color, "stroke-width": 3 };
      svgPart("line", swatch.form === "dash" ? { ...line, "stroke-dasharray": "4 3" } : line, parent);
    } else {
      const path = new PathText();
      tracePath(path, swatch.form, x + 6, middle, 5);
      svgPart("path", { d: path, fill: swatch.color }, parent);
    }
  }
  const at = { x: x + (swatch ? 18 : 0), y: middle, "dominant-baseline": "central", fill: map.colors.text };
  svgPart("text", bold ? { ...at, "font-weight": 600 } : at, parent, text);
}
