// The live map: `createMap(root, data, callbacks)` draws into `root` and returns {update, destroy}. `data` is
// {picture, highlight, selected, key}, `callbacks.select(id or null)` is called for the user's choices only.
// labels.js stands before this file. Text reaches the screen by fillText and textContent alone.

const VIEWS = (globalThis.cocommunsMapViews ||= new Map());
const MAX_VIEWS = 30;
const REDRAW_AFTER = 90;
const BITMAP_MARGIN = 0.35;
const EDGES_PER_STROKE = 400;
const MIN_SCALE = 0.01;
const MAX_SCALE = 6;

function part(tag, className, parent, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

// The picture's columns as one object a node and a tie.
function withNodes(columns) {
  const nodes = columns.id.map((id, n) => ({
    id,
    name: columns.name[n],
    type: columns.types[columns.type[n]],
    x: columns.x[n],
    y: columns.y[n],
    size: columns.size[n],
    ...columns.palette[columns.look[n]],
    priority: columns.priority[n],
    side: columns.sides[columns.side[n]],
  }));
  const edges = columns.source.map((source, n) => ({ source, target: columns.target[n] }));
  return { ...columns, nodes, edges };
}

// Which record is near a point: records by the cell of a grid that holds about one each.
class NodeGrid {
  constructor(picture) {
    this.nodes = picture.nodes;
    this.cell = Math.max(20, Math.sqrt((picture.width * picture.height) / Math.max(1, this.nodes.length)));
    this.reach = this.nodes.reduce((most, node) => Math.max(most, node.size), 0);
    this.cells = new Map();
    this.nodes.forEach((node, number) => {
      const key = `${Math.floor(node.x / this.cell)},${Math.floor(node.y / this.cell)}`;
      if (this.cells.has(key)) this.cells.get(key).push(number);
      else this.cells.set(key, [number]);
    });
  }

  at(x, y, slack) {
    const reach = this.reach + slack;
    let best = -1;
    let least = slack;
    for (let column = Math.floor((x - reach) / this.cell); column <= Math.floor((x + reach) / this.cell); column++) {
      for (let row = Math.floor((y - reach) / this.cell); row <= Math.floor((y + reach) / this.cell); row++) {
        for (const number of this.cells.get(`${column},${row}`) || []) {
          const node = this.nodes[number];
          const gap = Math.hypot(node.x - x, node.y - y) - node.size;
          if (gap < least) {
            least = gap;
            best = number;
          }
        }
      }
    }
    return best;
  }
}

export function createMap(root, data, callbacks) {
  const ending = new AbortController();
  const signal = ending.signal;
  root.replaceChildren();
  const canvas = part("canvas", "map-canvas", root);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute(
    "aria-label",
    "Map. Arrow keys go from record to record, Enter selects, plus and minus zoom, 0 shows everything, Escape clears.",
  );
  const said = part("p", "map-said", root);
  said.setAttribute("aria-live", "polite");
  const legend = part("ul", "map-legend", root);
  const buttons = part("div", "map-zoom", root);
  const context = canvas.getContext("2d");
  const bitmap = document.createElement("canvas");
  const paint = bitmap.getContext("2d");

  let picture, links, grid, byPriority, numberOf, colors, font;
  let view = { x: 0, y: 0, scale: 1 };
  let drawn = null;
  let highlight = new Set();
  let highlightKey = "";
  let selected = -1;
  let cursor = -1;
  let hovered = -1;
  let width = 0;
  let height = 0;
  let ratio = 1;
  let frame = 0;
  let timer = 0;
  let viewKey = "";
  let labels = [];
  const widths = new Map();

  // ---- data ----

  function load(next) {
    const isNew = !picture || next.picture.version !== picture.version || next.key !== data.key;
    data = next;
    if (isNew) {
      picture = withNodes(next.picture);
      links = linksByNode(picture);
      grid = new NodeGrid(picture);
      numberOf = new Map(picture.nodes.map((node, number) => [node.id, number]));
      byPriority = picture.nodes.map((_, number) => number);
      byPriority.sort((a, b) => picture.nodes[b].priority - picture.nodes[a].priority || a - b);
      viewKey = `${next.key}|${picture.version}`;
      cursor = hovered = -1;
      highlightKey = "";
      fillLegend();
    }
    const before = selected;
    selected = numberOf.get(next.selected) ?? -1;
    highlight = new Set((next.highlight || []).map((id) => numberOf.get(id)).filter((n) => n !== undefined));
    const key = [...highlight].sort((a, b) => a - b).join(",");
    readColors();
    resize();
    if (isNew) restoreView();
    if (key !== highlightKey) {
      if (highlight.size && !(isNew && VIEWS.has(viewKey))) fit(highlight);
      highlightKey = key;
    }
    if (selected >= 0 && selected !== before && !isNew) reveal(selected);
    redraw();
  }

  function fillLegend() {
    legend.replaceChildren();
    for (const entry of picture.legend) {
      const item = part("li", "", legend);
      const swatch = part("span", `map-swatch ${entry.shape}`, item);
      swatch.style.backgroundColor = entry.color;
      part("span", "", item, entry.plural);
    }
  }

  function readColors() {
    const style = getComputedStyle(root);
    const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
    colors = {
      background: read("--map-background", "#ffffff"),
      text: read("--map-text", "#1c2126"),
      quiet: read("--map-quiet", "#59636d"),
      accent: read("--map-accent", "#1a56c4"),
      edge: read("--map-edge", "#8a939b"),
    };
    const family = style.fontFamily || "system-ui, sans-serif";
    if (font !== `13px ${family}`) widths.clear();
    font = `13px ${family}`;
  }

  // ---- view ----

  function remember() {
    VIEWS.delete(viewKey);
    VIEWS.set(viewKey, { ...view });
    if (VIEWS.size > MAX_VIEWS) VIEWS.delete(VIEWS.keys().next().value);
  }

  function restoreView() {
    const kept = VIEWS.get(viewKey);
    if (kept) view = { ...kept };
    else fit();
  }

  function fit(numbers) {
    if (!width || !height) return;
    let box = { left: -picture.width / 2, right: picture.width / 2, top: -picture.height / 2, bottom: picture.height / 2 };
    if (numbers && numbers.size) {
      const nodes = [...numbers].map((number) => picture.nodes[number]);
      box = nodes.reduce(
        (b, n) => ({
          left: Math.min(b.left, n.x - 120),
          right: Math.max(b.right, n.x + 120),
          top: Math.min(b.top, n.y - 60),
          bottom: Math.max(b.bottom, n.y + 60),
        }),
        { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity },
      );
    }
    const aside = numbers?.size ? 0 : roomForNames(picture, width);
    const scale = Math.min((width - 2 * aside) / (box.right - box.left), height / (box.bottom - box.top), 1.3);
    view.scale = clampScale(scale);
    view.x = (box.left + box.right) / 2;
    view.y = (box.top + box.bottom) / 2;
    remember();
  }

  function clampScale(scale) {
    return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
  }

  function reveal(number) {
    const at = toScreen(picture.nodes[number]);
    const margin = Math.min(60, width / 5, height / 5);
    if (at.x > margin && at.y > margin && at.x < width - margin && at.y < height - margin) return;
    view.x = picture.nodes[number].x;
    view.y = picture.nodes[number].y;
    view.scale = Math.max(view.scale, Math.min(0.7, 8 / picture.nodes[number].size));
    remember();
  }

  function zoomAt(x, y, factor) {
    const scale = clampScale(view.scale * factor);
    view.x += (x - width / 2) * (1 / view.scale - 1 / scale);
    view.y += (y - height / 2) * (1 / view.scale - 1 / scale);
    view.scale = scale;
    moved();
  }

  function toScreen(node, on = view, w = width, h = height) {
    return { x: (node.x - on.x) * on.scale + w / 2, y: (node.y - on.y) * on.scale + h / 2, radius: node.size * on.scale };
  }

  function toWorld(x, y) {
    return { x: (x - width / 2) / view.scale + view.x, y: (y - height / 2) / view.scale + view.y };
  }

  // ---- drawing: the scene into a bitmap with a margin, the bitmap shifted while the view moves ----

  function resize() {
    const box = canvas.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    const next = window.devicePixelRatio || 1;
    if (box.width === width && box.height === height && next === ratio) return false;
    const first = !width;
    width = box.width;
    height = box.height;
    ratio = next;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    drawn = null;
    return first;
  }

  function moved() {
    remember();
    clearTimeout(timer);
    timer = setTimeout(redraw, REDRAW_AFTER);
    show();
  }

  function redraw() {
    clearTimeout(timer);
    drawn = null;
    show();
  }

  function show() {
    if (!frame) frame = requestAnimationFrame(compose);
  }

  function covers() {
    if (!drawn) return false;
    const grown = view.scale / drawn.scale;
    const spareX = (drawn.width * grown - width) / 2 - Math.abs(drawn.x - view.x) * view.scale;
    const spareY = (drawn.height * grown - height) / 2 - Math.abs(drawn.y - view.y) * view.scale;
    return (spareX >= 0 && spareY >= 0) || performance.now() - drawn.at < 4 * drawn.cost;
  }

  function compose() {
    frame = 0;
    if (!width || !height) return;
    if (!covers()) drawScene();
    const grown = view.scale / drawn.scale;
    const at = {
      x: width / 2 + (drawn.x - view.x) * view.scale - (drawn.width * grown) / 2,
      y: height / 2 + (drawn.y - view.y) * view.scale - (drawn.height * grown) / 2,
    };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colors.background;
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, at.x, at.y, drawn.width * grown, drawn.height * grown);
    if (cursor >= 0 && cursor !== selected) ring(context, toScreen(picture.nodes[cursor]), colors.text, 2);
    if (hovered >= 0 && hovered !== selected) hover();
  }

  function hover() {
    const at = toScreen(picture.nodes[hovered]);
    ring(context, at, colors.text, 1.5);
    const text = shortened(picture.nodes[hovered].name);
    context.font = font;
    const wide = context.measureText(text).width + 14;
    const left = Math.max(2, Math.min(width - wide - 2, at.x - wide / 2));
    const above = at.y - at.radius - 34;
    const top = above < 2 ? at.y + at.radius + 10 : above;
    context.fillStyle = colors.text;
    context.fillRect(left, top, wide, 24);
    context.fillStyle = colors.background;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillText(text, left + 7, top + 12.5);
  }

  function ring(target, at, color, thick) {
    target.beginPath();
    target.arc(at.x, at.y, Math.max(at.radius, 3) * 1.2 + 4, 0, 2 * Math.PI);
    target.lineWidth = thick;
    target.strokeStyle = color;
    target.stroke();
  }

  function drawScene() {
    const started = performance.now();
    const wide = Math.ceil(width * (1 + 2 * BITMAP_MARGIN));
    const high = Math.ceil(height * (1 + 2 * BITMAP_MARGIN));
    bitmap.width = Math.round(wide * ratio);
    bitmap.height = Math.round(high * ratio);
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint.fillStyle = colors.background;
    paint.fillRect(0, 0, wide, high);
    drawn = { ...view, width: wide, height: high };
    const points = picture.nodes.map((node) => toScreen(node, view, wide, high));
    const inside = points.map((at) => at.x > -30 && at.y > -30 && at.x < wide + 30 && at.y < high + 30);
    const strong = strongNumbers();
    drawEdges(points, inside, strong, wide, high);
    drawNodes(points, inside, strong);
    if (selected >= 0) ring(paint, points[selected], colors.accent, 3);
    drawLabels(points, inside, strong, wide, high);
    drawn.at = performance.now();
    drawn.cost = drawn.at - started;
  }

  function strongNumbers() {
    const strong = new Set(highlight);
    if (selected >= 0) {
      strong.add(selected);
      for (const link of links[selected]) strong.add(link.other);
    }
    return strong.size ? strong : null;
  }

  function drawEdges(points, inside, strong, wide, high) {
    const many = picture.edges.length > 2500;
    paint.strokeStyle = colors.edge;
    paint.lineWidth = many ? 0.6 : 1;
    paint.globalAlpha = (strong ? 0.35 : 1) * Math.max(0.1, Math.min(0.55, 700 / picture.edges.length));
    stroke(picture.edges, (edge) => {
      const a = points[edge.source];
      const b = points[edge.target];
      if (Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > wide || Math.min(a.y, b.y) > high) return null;
      return [a, b];
    });
    paint.globalAlpha = 1;
    if (highlight.size) {
      paint.lineWidth = 1.2;
      stroke(picture.edges, (edge) =>
        highlight.has(edge.source) && highlight.has(edge.target) ? [points[edge.source], points[edge.target]] : null,
      );
    }
    if (selected >= 0) {
      paint.strokeStyle = colors.accent;
      paint.lineWidth = 1.6;
      stroke(links[selected], (link) => [points[selected], points[link.other]]);
    }
  }

  function stroke(items, ends) {
    let waiting = 0;
    paint.beginPath();
    for (const item of items) {
      const pair = ends(item);
      if (!pair) continue;
      paint.moveTo(pair[0].x, pair[0].y);
      paint.lineTo(pair[1].x, pair[1].y);
      if (++waiting === EDGES_PER_STROKE) {
        paint.stroke();
        paint.beginPath();
        waiting = 0;
      }
    }
    if (waiting) paint.stroke();
  }

  function drawNodes(points, inside, strong) {
    for (const isStrong of strong ? [false, true] : [true]) {
      const batches = new Map();
      points.forEach((_, number) => {
        if (!inside[number] || (strong && strong.has(number) !== isStrong)) return;
        const look = `${picture.nodes[number].color}|${picture.nodes[number].shape}`;
        if (batches.has(look)) batches.get(look).push(number);
        else batches.set(look, [number]);
      });
      paint.globalAlpha = isStrong ? 1 : 0.2;
      for (const numbers of batches.values()) {
        const { color, shape } = picture.nodes[numbers[0]];
        paint.beginPath();
        for (const number of numbers) {
          const at = points[number];
          tracePath(paint, shape, at.x, at.y, Math.max(at.radius, strong && isStrong ? 3 : 1));
        }
        paint.fillStyle = color;
        paint.fill();
      }
      paint.globalAlpha = 1;
    }
  }

  function drawLabels(points, inside, strong, wide, high) {
    const taken = new TakenBoxes(80);
    drawHeadings(wide, high, taken);
    const order = strong ? byPriority.filter((number) => strong.has(number)) : byPriority;
    const first = selected >= 0 ? [selected, ...order.filter((number) => number !== selected)] : order;
    const wanted = first
      .filter((number) => inside[number])
      .slice(0, 4 * MAX_LABELS)
      .map((number) => {
        const { name, side, shape, color } = picture.nodes[number];
        return { ...points[number], text: shortened(name), side, shape, color };
      });
    paint.font = font;
    const measure = (text) => {
      if (!widths.has(text)) widths.set(text, paint.measureText(text).width);
      return widths.get(text);
    };
    const marks = new TakenBoxes(80);
    for (const number of strong || byPriority.slice(0, 1500)) if (inside[number]) blockDisc(marks, points[number]);
    labels = placeLabels(wanted, measure, { width: wide, height: high }, 18, MAX_LABELS, taken, marks);
    paintNamedMarks(paint, labels, colors);
    paintLabels(paint, labels, colors, font);
  }

  function drawHeadings(wide, high, taken) {
    if (view.scale < 0.25) return;
    paint.font = font.replace("13px", "600 14px");
    paint.textBaseline = "middle";
    paint.textAlign = "left";
    paint.fillStyle = colors.quiet;
    for (const heading of picture.headings) {
      const at = toScreen({ ...heading, size: 0 }, view, wide, high);
      const measured = paint.measureText(heading.text).width;
      const left = heading.side === "left" ? at.x - measured : at.x;
      const box = { left, right: left + measured, top: at.y - 10, bottom: at.y + 10 };
      if (!taken.isFree(box)) continue;
      taken.take(box);
      paint.fillText(heading.text, left, at.y);
    }
  }

  // ---- the user ----

  function choose(number) {
    selected = number;
    cursor = number;
    tell(number);
    redraw();
    callbacks.select(number < 0 ? null : picture.nodes[number].id);
  }

  function tell(number) {
    if (number < 0) {
      said.textContent = "Selection cleared.";
      return;
    }
    const node = picture.nodes[number];
    const count = new Set(links[number].map((link) => link.other)).size;
    const entry = picture.legend.find((one) => one.type === node.type);
    said.textContent = `${node.name}, ${entry ? entry.singular : node.type}, linked to ${count} ${count === 1 ? "record" : "records"}.`;
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const world = toWorld(x, y);
    const slack = (event.pointerType === "touch" ? 16 : 7) / view.scale;
    return { x, y, number: grid.at(world.x, world.y, slack) };
  }

  const pointers = new Map();
  let dragged = 0;

  function pointerDown(event) {
    if (event.button > 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size === 1) dragged = 0;
    else dragged = Infinity;
  }

  function pointerMove(event) {
    const before = pointers.get(event.pointerId);
    if (!before) {
      const { number } = under(event);
      if (number !== hovered) {
        hovered = number;
        canvas.style.cursor = number >= 0 ? "pointer" : "grab";
        show();
      }
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    if (pointers.size === 1) {
      dragged += Math.hypot(now.x - before.x, now.y - before.y);
      if (dragged > 4) {
        view.x -= (now.x - before.x) / view.scale;
        view.y -= (now.y - before.y) / view.scale;
        hovered = -1;
        moved();
      }
    } else if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const box = canvas.getBoundingClientRect();
      const apart = (at) => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
      view.x -= (now.x - before.x) / 2 / view.scale;
      view.y -= (now.y - before.y) / 2 / view.scale;
      zoomAt((now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top, apart(now) / apart(before));
    }
    pointers.set(event.pointerId, now);
  }

  function pointerUp(event) {
    if (!pointers.delete(event.pointerId) || event.type === "pointercancel") return;
    if (dragged > 4 || pointers.size) return;
    const { number } = under(event);
    if (number !== selected) choose(number);
  }

  function keyDown(event) {
    const step = event.key;
    if (step === "+" || step === "=") zoomAt(width / 2, height / 2, 1.3);
    else if (step === "-") zoomAt(width / 2, height / 2, 1 / 1.3);
    else if (step === "0") {
      fit();
      redraw();
    } else if (step === "Enter" && cursor >= 0) choose(cursor);
    else if (step === "Escape" && (selected >= 0 || cursor >= 0)) {
      const reported = selected >= 0;
      cursor = -1;
      if (reported) choose(-1);
      else {
        tell(-1);
        show();
      }
    } else if (step.startsWith("Arrow") && picture.nodes.length) {
      const from = cursor >= 0 ? cursor : selected;
      const next =
        from < 0
          ? (byPriority.find((number) => !highlight.size || highlight.has(number)) ?? -1)
          : towards(picture.nodes, from, step, links[from].map((link) => link.other), () => true);
      if (next >= 0) {
        cursor = next;
        tell(next);
        const was = { ...view };
        reveal(next);
        if (was.x !== view.x || was.y !== view.y) redraw();
        else show();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function wheel(event) {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? 16 : 1;
    const factor = Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * (event.ctrlKey ? 0.01 : 0.002));
    zoomAt(event.clientX - box.left, event.clientY - box.top, factor);
  }

  function button(text, name, action) {
    const made = part("button", "", buttons, text);
    made.type = "button";
    made.setAttribute("aria-label", name);
    made.addEventListener("click", action, { signal });
  }

  button("+", "Zoom in", () => zoomAt(width / 2, height / 2, 1.3));
  button("−", "Zoom out", () => zoomAt(width / 2, height / 2, 1 / 1.3));
  button("All", "Show all", () => {
    fit();
    redraw();
  });
  for (const [name, listener] of Object.entries({
    pointerdown: pointerDown,
    pointermove: pointerMove,
    pointerup: pointerUp,
    pointercancel: pointerUp,
    keydown: keyDown,
  })) {
    canvas.addEventListener(name, listener, { signal });
  }
  canvas.addEventListener("wheel", wheel, { signal, passive: false });
  const leave = () => {
    hovered = -1;
    show();
  };
  canvas.addEventListener("pointerleave", leave, { signal });
  const recolor = () => {
    readColors();
    redraw();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor, { signal });
  const observer = new ResizeObserver(() => {
    if (resize()) restoreView();
    redraw();
  });
  observer.observe(canvas);
  load(data);

  return {
    root,
    update: load,
    destroy() {
      ending.abort();
      observer.disconnect();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      root.replaceChildren();
    },
    // What tests and benchmarks look at.
    state: () => ({
      view: { ...view },
      selected: selected < 0 ? null : picture.nodes[selected].id,
      cursor: cursor < 0 ? null : picture.nodes[cursor].id,
      drawnMs: drawn ? drawn.cost : null,
      labels: labels.map(({ left, top, right, bottom, text }) => ({ left, top, right, bottom, text })),
      screen: (id) => toScreen(picture.nodes[numberOf.get(id)]),
    }),
  };
}

// ---- Streamlit: called at every rerun; the map itself is made once per mounted element ----

const MOUNTED = new WeakMap();
const PARSED = { text: "", picture: null };

export default function mount({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  if (PARSED.text !== data.picture) {
    PARSED.picture = JSON.parse(data.picture);
    PARSED.text = data.picture;
  }
  const root = parentElement.querySelector(".cocommuns-map");
  root.style.height = `${data.height}px`;
  const shown = { picture: PARSED.picture, highlight: data.highlight, selected: data.selected, key: data.key };
  const select = (id) => setStateValue("selected", { id, at: Date.now() });
  let mounted = MOUNTED.get(parentElement);
  if (mounted && mounted.map.root === root) {
    mounted.callbacks.select = select;
    mounted.turn += 1;
    mounted.map.update(shown);
  } else {
    mounted?.map.destroy();
    const callbacks = { select };
    mounted = { callbacks, turn: 0, map: createMap(root, shown, callbacks) };
    MOUNTED.set(parentElement, mounted);
  }
  // Streamlit may call the clean-up of an earlier turn after a later one began: only the last one counts.
  const { turn } = mounted;
  return () => {
    if (MOUNTED.get(parentElement) !== mounted || mounted.turn !== turn) return;
    mounted.map.destroy();
    MOUNTED.delete(parentElement);
  };
}
