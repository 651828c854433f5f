// The live map: `createMap(root, data, callbacks)` draws into `root` and returns {update, destroy, state}.
// `data` is {picture, look, overlay, words, highlight, selected, other, panel, expands, pairs, key};
// `callbacks.select(id or null)`, `.expand(id)` and `.pair(a, b)` are called for what the user does only. The
// files named before this one in browser.py stand before it. Text reaches the screen by fillText and textContent.

const REDRAW_AFTER = 90;
const BITMAP_MARGIN = 0.35;
let mapsMade = 0;

function part(tag, className, parent, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

class LiveMap {
  constructor(root, data, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    this.id = `cocommuns-map-${++mapsMade}`;
    this.ending = new AbortController();
    this.signal = this.ending.signal;
    this.view = new View();
    this.words = new Wording(data.words);
    this.said = { text: "", turn: 0 };
    this.drawn = null;
    this.frame = 0;
    this.timer = 0;
    this.frames = 0;
    this.widths = new Map();
    this.labels = [];
    this.asked = 0;
    this.selected = this.other = this.cursor = this.hovered = -1;
    this.hoveredTie = null;
    this.highlight = new Set();
    this.highlightKey = "";
    this.overlay = numbered(null, { numberOf: new Map() });
    this.build();
    this.update(data);
  }

  build() {
    const { root } = this;
    root.replaceChildren();
    const frame = part("div", "map-frame", root);
    this.stage = part("div", "map-stage", frame);
    this.canvas = part("canvas", "map-canvas", this.stage);
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.live = part("p", "map-said", this.stage);
    this.live.setAttribute("aria-live", "polite");
    this.legend = part("div", "map-legend", this.stage);
    this.context = this.canvas.getContext("2d");
    this.bitmap = document.createElement("canvas");
    this.paper = this.bitmap.getContext("2d");
    this.buttons = makeButtons(this);
    this.hands = new Hands(this);
    this.frameBox = frame;
    this.panel = null;
    watch(this);
  }

  // ---- data ----

  update(data) {
    const before = this.data;
    this.data = data;
    if (!before || JSON.stringify(before.words) !== JSON.stringify(data.words)) this.speak(data.words);
    const isNew = !before || before.picture.version !== data.picture.version || before.key !== data.key;
    if (isNew) this.scene = new Scene(data.picture);
    const look = data.look ? data.look.version : "";
    if (isNew || look !== this.scene.worn) {
      this.scene.wear(data.look);
      this.scene.worn = look;
      this.widths.clear();
    }
    const number = (id) => this.scene.numberOf.get(id) ?? -1;
    const was = { selected: this.selected, cursor: before && !isNew ? this.cursor : -1 };
    this.selected = number(data.selected);
    this.other = number(data.other);
    this.cursor = was.cursor;
    this.hovered = -1;
    this.hoveredTie = null;
    this.highlight = new Set((data.highlight || []).map(number).filter((one) => one >= 0));
    this.overlay = numbered(data.overlay, this.scene);
    readColors(this);
    fillLegend(this);
    this.setPanel(Boolean(data.panel));
    this.resize();
    this.place(isNew, was.selected);
    this.panel?.refresh();
    this.redraw();
  }

  speak(words) {
    this.words = new Wording(words);
    this.canvas.setAttribute("aria-label", `${this.words.say("map")}. ${this.words.say("keys")}`);
    this.buttons.speak();
    this.panel?.remove();
    this.panel = null;
  }

  // The view after new data: where it was on a map of this title; what is newly highlighted or chosen is shown.
  place(isNew, selectedBefore) {
    const { view, data, scene } = this;
    const key = `${data.key}|${data.picture.title}`;
    const another = key !== view.key;
    const known = VIEWS.get(key);
    if (another || !view.placed) {
      view.key = key;
      view.placed = Boolean(view.width);
      if (known) view.set(known);
      else view.fit(scene);
    }
    if (known && isNew && view.width && !view.showsAny(scene)) view.fit(scene);
    const highlightKey = [...this.highlight].sort((a, b) => a - b).join(",");
    if (highlightKey !== this.highlightKey || (isNew && this.highlight.size)) {
      if (this.highlight.size && !(another && known)) view.fit(scene, this.highlight);
      this.highlightKey = highlightKey;
    }
    if (this.selected >= 0 && (this.selected !== selectedBefore || isNew) && view.width && !(another && known)) {
      view.reveal(scene, this.selected);
    }
  }

  setPanel(wanted) {
    if (wanted && !this.panel) this.panel = new Panel(this, this.frameBox);
    if (!wanted && this.panel) {
      this.panel.remove();
      this.panel = null;
    }
    this.frameBox.classList.toggle("with-panel", wanted);
  }

  // ---- what the user does; `callbacks` hear of it ----

  choose(number) {
    this.selected = number;
    this.cursor = number;
    this.tell(number);
    this.panel?.refresh();
    this.redraw();
    this.callbacks.select(number < 0 ? null : this.scene.picture.id[number]);
  }

  pair(a, b) {
    if (a < 0 || b < 0 || a === b) {
      this.say(this.words.say("pair-needs-two"));
      return;
    }
    if (!this.callbacks.pair || this.data.pairs === false) return;
    const { id } = this.scene.picture;
    this.other = b === this.selected ? a : b;
    this.say(this.words.say("pair", { a: this.scene.name(a), b: this.scene.name(b) }));
    this.redraw();
    this.callbacks.pair(id[a], id[b]);
  }

  expand(number) {
    if (number < 0 || !this.callbacks.expand || this.data.expands === false) return;
    this.say(this.words.say("expand", { name: this.scene.name(number) }));
    this.callbacks.expand(this.scene.picture.id[number]);
  }

  moveCursor(number, { tell = true } = {}) {
    this.cursor = number;
    if (tell) this.tell(number);
    if (this.view.reveal(this.scene, number)) this.redraw();
    else this.show();
  }

  zoom(factor) {
    this.view.zoomAt(this.view.width / 2, this.view.height / 2, factor);
    this.moved();
  }

  showAll() {
    this.view.fit(this.scene);
    this.redraw();
  }

  // ---- what is read out ----

  say(text) {
    // The same text twice is read out twice only if it differs a little.
    this.said.turn += this.said.text === text ? 1 : 0;
    this.said.text = text;
    this.live.textContent = text + (this.said.turn % 2 ? "\u00a0" : "");
  }

  tell(number) {
    if (number < 0) {
      this.say(this.words.say("cleared"));
      return;
    }
    const { scene, words } = this;
    const neighbours = scene.neighbours(number);
    const values = { name: scene.name(number), type: scene.typeWords(number).singular, count: neighbours.length };
    const marks = (this.overlay.textsOf.get(number) || []).join(" ");
    const names = words.names(neighbours.map((one) => scene.name(one)), 8);
    const told = neighbours.length
      ? words.say("neighbours", { told: words.say("told", values), names })
      : words.say("told-alone", values);
    this.say(marks ? `${told} ${marks}` : told);
  }

  // ---- drawing: the scene into a bitmap with a margin, the bitmap shifted and stretched while the view moves ----

  resize() {
    const box = this.canvas.getBoundingClientRect();
    const { view, canvas } = this;
    if (!box.width || !box.height) return false;
    const next = window.devicePixelRatio || 1;
    if (box.width === view.width && box.height === view.height && next === view.ratio) return false;
    const first = !view.width;
    // Another legend below makes the map lower or higher: what is on it stays where it is.
    if (!first && box.width === view.width) {
      view.set({ x: view.x, y: view.y + (box.height - view.height) / 2 / view.scale, scale: view.scale });
    }
    view.width = box.width;
    view.height = box.height;
    view.ratio = next;
    canvas.width = Math.round(view.width * next);
    canvas.height = Math.round(view.height * next);
    this.drawn = null;
    return first;
  }

  moved() {
    clearTimeout(this.timer);
    // Not while something holds the map, nor sooner than a slow machine can draw: it would only ever be drawing.
    const wait = Math.max(REDRAW_AFTER, 2 * (this.drawn?.cost || 0));
    if (!this.hands.pointers.size) this.timer = setTimeout(() => this.redraw(), wait);
    this.show();
  }

  redraw() {
    clearTimeout(this.timer);
    this.drawn = null;
    this.show();
  }

  show() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.compose());
  }

  covers() {
    const { drawn, view } = this;
    if (!drawn) return false;
    const grown = view.scale / drawn.scale;
    const spareX = (drawn.width * grown - view.width) / 2 - Math.abs(drawn.x - view.x) * view.scale;
    const spareY = (drawn.height * grown - view.height) / 2 - Math.abs(drawn.y - view.y) * view.scale;
    return (spareX >= 0 && spareY >= 0) || performance.now() - drawn.at < 4 * drawn.cost;
  }

  compose() {
    this.frame = 0;
    const { view, context, colors } = this;
    if (!view.width || !view.height) return;
    if (!this.covers()) this.drawScene();
    const { drawn } = this;
    const grown = view.scale / drawn.scale;
    const left = view.width / 2 + (drawn.x - view.x) * view.scale - (drawn.width * grown) / 2;
    const top = view.height / 2 + (drawn.y - view.y) * view.scale - (drawn.height * grown) / 2;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.fillStyle = colors.background;
    context.fillRect(0, 0, view.width, view.height);
    context.drawImage(this.bitmap, left, top, drawn.width * grown, drawn.height * grown);
    paintHints(this);
    this.frames += 1;
  }

  drawScene() {
    const started = performance.now();
    const { view, bitmap, paper } = this;
    // The first time only what is seen is drawn: a map should be there soon, and is not moved yet.
    const margin = this.frames ? BITMAP_MARGIN : 0;
    const larger = new View();
    Object.assign(larger, { x: view.x, y: view.y, scale: view.scale, ratio: view.ratio });
    // Whole pixels, else the bitmap would be put down blurred.
    larger.aside = Math.round(view.width * margin);
    larger.above = Math.round(view.height * margin);
    larger.width = view.width + 2 * larger.aside;
    larger.height = view.height + 2 * larger.above;
    larger.covered = this.buttons.box();
    bitmap.width = Math.round(larger.width * view.ratio);
    bitmap.height = Math.round(larger.height * view.ratio);
    paper.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    const painter = new Painter(paper, this, larger);
    const { labels, asked } = painter.paint();
    this.labels = labels;
    this.asked = asked;
    this.tiesInView = painter.ties;
    this.drawn = { x: view.x, y: view.y, scale: view.scale, width: larger.width, height: larger.height };
    this.drawn.at = performance.now();
    this.drawn.cost = this.drawn.at - started;
  }

  widthOf(context, number) {
    if (!this.widths.has(number)) this.widths.set(number, context.measureText(shortened(this.scene.name(number))).width);
    return this.widths.get(number);
  }

  destroy() {
    this.ending.abort();
    this.hands.stop();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.root.replaceChildren();
  }

  // What tests and benchmarks look at.
  state() {
    const { view, scene } = this;
    const id = (number) => (number < 0 ? null : scene.picture.id[number]);
    return {
      view: { x: view.x, y: view.y, scale: view.scale },
      selected: id(this.selected),
      other: id(this.other),
      cursor: id(this.cursor),
      shown: scene.shownCount,
      frames: this.frames,
      drawnMs: this.drawn ? this.drawn.cost : null,
      asked: this.asked,
      labels: this.labels.map(({ left, top, right, bottom, text }) => ({ left, top, right, bottom, text })),
      screen: (one) => view.toScreen(scene, scene.numberOf.get(one)),
    };
  }
}


export function createMap(root, data, callbacks) {
  return new LiveMap(root, data, callbacks);
}
