// Draws a scene, as a view sees it, on a canvas: ties, records, what lies over them, names. Also used for PNG.

const TIES_PER_STROKE = 400;
const MAX_NAMES = 250;
const SMALLEST_MARK = 1.6;
const OUTLINED = 1500;
const LETTER = 6.9;
const DIMMED = 0.2;

// What is drawn strongly while the rest is dimmed: the choice with its neighbours, the highlight, a chain; null
// when nothing is.
function strongNumbers(state) {
  const { scene, highlight, selected, other, overlay } = state;
  const strong = new Set(highlight);
  for (const number of [selected, other]) if (number >= 0) strong.add(number);
  if (selected >= 0) for (const number of scene.neighbours(selected)) strong.add(number);
  for (const tie of overlay.ties) {
    if (tie.kind === "chain") strong.add(tie.source).add(tie.target);
  }
  return strong.size ? strong : null;
}

class Painter {
  constructor(context, state, view) {
    this.context = context;
    this.state = state;
    this.scene = state.scene;
    this.view = view;
    this.strong = strongNumbers(state);
    this.place();
  }

  // Where everything is on the screen, and which shown records are in view.
  place() {
    const { scene, view } = this;
    const { scale, width, height } = view;
    this.x = new Float32Array(scene.count);
    this.y = new Float32Array(scene.count);
    this.radius = new Float32Array(scene.count);
    this.inside = [];
    this.isInside = new Uint8Array(scene.count);
    for (let number = 0; number < scene.count; number++) {
      const x = (this.x[number] = (scene.x[number] - view.x) * scale + width / 2);
      const y = (this.y[number] = (scene.y[number] - view.y) * scale + height / 2);
      const radius = (this.radius[number] = Math.max(SMALLEST_MARK, scene.size[number] * scale));
      if (scene.shown[number] && x > -radius && y > -radius && x < width + radius && y < height + radius) {
        this.isInside[number] = 1;
        this.inside.push(number);
      }
    }
  }

  // Returns what the names came to: {labels, asked}.
  paint() {
    const { context, view, state } = this;
    context.fillStyle = state.colors.background;
    context.fillRect(0, 0, view.width, view.height);
    this.paintTies();
    this.paintRecords();
    paintOverlay(this);
    const { selected, other } = state;
    if (other >= 0 && this.scene.shown[other]) this.ring(other, state.colors.accent, 2, [5, 4]);
    if (selected >= 0 && this.scene.shown[selected]) this.ring(selected, state.colors.accent, 3, []);
    return this.paintNames();
  }

  ring(number, color, thick, dash) {
    const { context } = this;
    context.beginPath();
    context.arc(this.x[number], this.y[number], Math.max(this.radius[number], 3) * 1.2 + 4, 0, 2 * Math.PI);
    context.lineWidth = thick;
    context.strokeStyle = color;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }

  // Shown ties of which some part may be in view.
  tiesInView() {
    const { scene, x, y, view } = this;
    const found = [];
    for (let tie = 0; tie < scene.source.length; tie++) {
      const a = scene.source[tie];
      const b = scene.target[tie];
      if (!scene.shown[a] || !scene.shown[b]) continue;
      if (!this.isInside[a] && !this.isInside[b]) {
        if (x[a] < 0 && x[b] < 0) continue;
        if (y[a] < 0 && y[b] < 0) continue;
        if (x[a] > view.width && x[b] > view.width) continue;
        if (y[a] > view.height && y[b] > view.height) continue;
      }
      found.push(tie);
    }
    return found;
  }

  paintTies() {
    const { context, scene, state, strong } = this;
    const ties = this.tiesInView();
    this.ties = ties;
    const hairline = 1 / (this.view.ratio || 1);
    context.strokeStyle = state.colors.edge;
    context.lineWidth = ties.length > 1200 ? hairline * 0.7 : 1;
    context.globalAlpha = (strong ? 0.4 : 1) * Math.max(0.07, Math.min(0.6, 900 / Math.max(1, ties.length)));
    this.stroke(ties);
    context.globalAlpha = 1;
    const { highlight, selected } = state;
    if (highlight.size) {
      context.lineWidth = 1.2;
      this.stroke(ties.filter((tie) => highlight.has(scene.source[tie]) && highlight.has(scene.target[tie])));
    }
    if (selected >= 0 && scene.shown[selected]) {
      context.strokeStyle = state.colors.accent;
      context.lineWidth = 1.6;
      const own = scene.ties.subarray(scene.starts[selected], scene.starts[selected + 1]);
      this.stroke([...own].filter((tie) => scene.tieShown(tie)));
    }
  }

  stroke(ties) {
    const { context, scene, x, y } = this;
    for (let from = 0; from < ties.length; from += TIES_PER_STROKE) {
      context.beginPath();
      for (let at = from; at < Math.min(ties.length, from + TIES_PER_STROKE); at++) {
        const a = scene.source[ties[at]];
        const b = scene.target[ties[at]];
        context.moveTo(x[a], y[a]);
        context.lineTo(x[b], y[b]);
      }
      context.stroke();
    }
  }

  paintRecords() {
    const { strong, inside } = this;
    const outlined = inside.length <= OUTLINED;
    if (!strong) {
      this.paintMarks(inside, outlined);
      return;
    }
    this.context.globalAlpha = DIMMED;
    this.paintMarks(inside.filter((number) => !strong.has(number)), false);
    this.context.globalAlpha = 1;
    this.paintMarks(inside.filter((number) => strong.has(number)), true);
  }

  // Many small marks are drawn by colour and shape at once, few ones each with a rim, the largest first.
  paintMarks(numbers, outlined) {
    const { context, scene, radius, x, y } = this;
    if (outlined) {
      context.lineWidth = 1;
      context.strokeStyle = this.state.colors.background;
      for (const number of numbers.toSorted((a, b) => radius[b] - radius[a])) {
        context.beginPath();
        tracePath(context, scene.shapeOf(number), x[number], y[number], radius[number]);
        context.fillStyle = scene.colorOf(number);
        context.fill();
        if (radius[number] >= 3) context.stroke();
      }
      return;
    }
    const batches = new Map();
    for (const number of numbers) {
      const key = scene.look[number] * 4096 + scene.ownShape[number];
      const batch = batches.get(key);
      if (batch) batch.push(number);
      else batches.set(key, [number]);
    }
    for (const batch of batches.values()) {
      context.fillStyle = scene.colorOf(batch[0]);
      const shape = scene.shapeOf(batch[0]);
      context.beginPath();
      for (const number of batch) {
        const size = radius[number];
        if (size < 2.2) context.fillRect(x[number] - size, y[number] - size, 2 * size, 2 * size);
        else tracePath(context, shape, x[number], y[number], size);
      }
      context.fill();
    }
  }

  paintNames() {
    const { context, scene, state, view, strong, x, y, radius } = this;
    const taken = new TakenBoxes(80);
    this.keepClear(taken);
    this.paintHeadings(taken);
    context.font = state.font;
    const point = (number, first) => {
      const text = scene.name(number);
      const wide = Math.min(text.length, MAX_LABEL_CHARACTERS) * LETTER;
      const side = scene.picture.sides[scene.picture.side[number]];
      return { number, x: x[number], y: y[number], radius: radius[number], text, wide, side, first };
    };
    const seen = (number) =>
      this.isInside[number] && x[number] >= 0 && y[number] >= 0 && x[number] <= view.width && y[number] <= view.height;
    const first = this.firstNamed().filter(seen);
    const ahead = new Set(first);
    const points = first.map((number) => point(number, true));
    for (const number of scene.byPriority) {
      if (points.length >= first.length + 8 * MAX_NAMES) break;
      if (seen(number) && !ahead.has(number) && (!strong || strong.has(number))) points.push(point(number, false));
    }
    const marks = this.marks();
    const sheet = { left: 1, top: 1, right: view.width - 1, bottom: view.height - 1 };
    const asked = askedNames(points, marks, sheet, MAX_NAMES);
    for (const one of asked) {
      one.text = shortened(one.text);
      one.width = state.widthOf(context, one.number) + 4;
      one.shape = scene.shapeOf(one.number);
      one.color = scene.colorOf(one.number);
    }
    const labels = placeNames(asked, sheet, this.window(), taken, new MarkCells(marks, sheet));
    paintLeaders(context, labels, state.colors);
    paintNamedMarks(context, labels, state.colors);
    paintLabels(context, labels, state.colors, state.font);
    return { labels, asked: asked.length };
  }

  // The records names should keep off, as columns: all in view, or the strong ones.
  marks() {
    const { strong, inside, x, y, radius } = this;
    const numbers = strong ? inside.filter((number) => strong.has(number)) : inside;
    const column = (values) => {
      const picked = new Float32Array(numbers.length);
      for (let at = 0; at < numbers.length; at++) picked[at] = values[numbers[at]];
      return picked;
    };
    return { x: column(x), y: column(y), radius: column(radius) };
  }

  // Keeps names from under the buttons.
  keepClear(taken) {
    const { covered } = this.view;
    if (!covered) return;
    const { left, top } = this.window();
    taken.take({
      left: left - 3 + covered.left,
      top: top - 3 + covered.top,
      right: left - 3 + covered.right,
      bottom: top - 3 + covered.bottom,
    });
  }

  // What of the drawing is in the window, a little less than which names keep to.
  window() {
    const { view } = this;
    const across = (view.aside || 0) + 3;
    const down = (view.above || 0) + 3;
    return { left: across, top: down, right: view.width - across, bottom: view.height - down };
  }

  // Those whose names go before all others: the two choices, then what the overlay is about, then what was found.
  firstNamed() {
    const { selected, other, overlay, highlight } = this.state;
    const first = new Set([selected, other].filter((number) => number >= 0));
    for (const tie of overlay.ties) first.add(tie.source).add(tie.target);
    for (const mark of overlay.marks) first.add(mark.number);
    for (const number of this.scene.byPriority) if (highlight.has(number)) first.add(number);
    return [...first];
  }

  paintHeadings(taken) {
    const { context, view, state } = this;
    if (view.scale < 0.25) return;
    context.font = state.font.replace("13px", "600 14px");
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillStyle = state.colors.quiet;
    for (const heading of this.scene.picture.headings) {
      const x = view.screenX(heading.x);
      const y = view.screenY(heading.y);
      const wide = context.measureText(heading.text).width;
      const left = heading.side === "left" ? x - wide : x;
      const box = { left, right: left + wide, top: y - 10, bottom: y + 10 };
      if (!taken.isFree(box)) continue;
      taken.take(box);
      context.fillText(heading.text, left, y);
    }
  }
}
