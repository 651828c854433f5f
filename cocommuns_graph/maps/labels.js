// Shared by the exported page and the live map: where names go, which record lies in a direction, how a
// search compares texts, how a record is drawn. No text from a file is ever turned into markup here.

const MAX_LABELS = 250;
const MAX_LABEL_CHARACTERS = 34;
const MUST_BE_WRITTEN = 40;
const MIN_NAMED_RADIUS = 4;

function shortened(text) {
  const flat = String(text).replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  const characters = Array.from(flat);
  return characters.length > MAX_LABEL_CHARACTERS
    ? characters.slice(0, MAX_LABEL_CHARACTERS - 1).join("").trimEnd() + "…"
    : flat;
}

function folded(text) {
  return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// Boxes already taken, looked up by a coarse grid.
class TakenBoxes {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  isFree(box) {
    const { cell, cells } = this;
    const right = Math.floor(box.right / cell);
    const bottom = Math.floor(box.bottom / cell);
    for (let x = Math.floor(box.left / cell); x <= right; x++) {
      for (let y = Math.floor(box.top / cell); y <= bottom; y++) {
        const there = cells.get(x * 100003 + y);
        if (there === undefined) continue;
        for (const other of there) {
          if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) {
            return false;
          }
        }
      }
    }
    return true;
  }

  take(box) {
    const { cell, cells } = this;
    const right = Math.floor(box.right / cell);
    const bottom = Math.floor(box.bottom / cell);
    for (let x = Math.floor(box.left / cell); x <= right; x++) {
      for (let y = Math.floor(box.top / cell); y <= bottom; y++) {
        const there = cells.get(x * 100003 + y);
        if (there) there.push(box);
        else cells.set(x * 100003 + y, [box]);
      }
    }
  }
}

// Where names stand to the left and right of everything, the box of the picture must not fill the width.
function roomForNames(picture, width) {
  if (!picture.headings.length) return 0;
  const longest = picture.nodes.reduce((most, node) => Math.max(most, shortened(node.name).length), 0);
  return Math.min(255, width * 0.31, longest * 7 + 20);
}

// Keeps names off a record's own mark; its rim may be touched.
function blockDisc(marks, at) {
  const half = at.radius * 0.75;
  if (half > 1.5) marks.take({ left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half });
}

const SIDE_ORDER = {
  left: ["left", "right", "below", "above"],
  right: ["right", "left", "below", "above"],
  below: ["below", "above", "right", "left"],
};

function boxBeside(point, side, width, height) {
  const away = Math.max(point.radius, MIN_NAMED_RADIUS) + 4;
  const left =
    side === "right" ? point.x + away : side === "left" ? point.x - away - width : point.x - width / 2;
  const top =
    side === "below" ? point.y + away - 2 : side === "above" ? point.y - away + 2 - height : point.y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

// `points` are {x, y, radius, shape, color, text, side} in screen pixels, most important first; `measure(text)` gives a
// width. Returns boxes {left, top, right, bottom, text, point}, none overlapping another or one in `taken`.
// Names keep off the marks in `marks` too; the first few may cover one rather than stay unwritten.
function placeLabels(points, measure, view, lineHeight, limit, taken, marks) {
  const placed = [];
  points.forEach((point, position) => {
    if (placed.length >= limit || !point.text) return;
    const width = measure(point.text) + 4;
    const boxes = (SIDE_ORDER[point.side] || SIDE_ORDER.below)
      .map((side) => boxBeside(point, side, width, lineHeight))
      .filter((box) => box.left >= 0 && box.top >= 0 && box.right <= view.width && box.bottom <= view.height)
      .filter((box) => taken.isFree(box));
    const box = boxes.find((one) => marks.isFree(one)) || (position < MUST_BE_WRITTEN ? boxes[0] : undefined);
    if (!box) return;
    taken.take(box);
    placed.push({ ...box, text: point.text, point });
  });
  return placed;
}

function paintLabels(context, labels, colors, font) {
  context.font = font;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colors.background;
  for (const label of labels) {
    context.strokeText(label.text, label.left + 2, (label.top + label.bottom) / 2);
  }
  context.fillStyle = colors.text;
  for (const label of labels) {
    context.fillText(label.text, label.left + 2, (label.top + label.bottom) / 2);
  }
}

function tracePath(context, shape, x, y, radius) {
  if (shape === "square") {
    const half = radius * 0.88;
    context.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (shape === "diamond") {
    const half = radius * 1.2;
    context.moveTo(x, y - half);
    context.lineTo(x + half, y);
    context.lineTo(x, y + half);
    context.lineTo(x - half, y);
    context.closePath();
  } else if (shape === "triangle") {
    const half = radius * 1.15;
    context.moveTo(x, y - half);
    context.lineTo(x + half, y + half * 0.8);
    context.lineTo(x - half, y + half * 0.8);
    context.closePath();
  } else {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

// A named record is always to be seen: far out its mark is drawn larger than its size would have it.
function paintNamedMarks(context, labels, colors) {
  for (const { point } of labels) {
    if (point.radius >= MIN_NAMED_RADIUS) continue;
    context.beginPath();
    tracePath(context, point.shape, point.x, point.y, MIN_NAMED_RADIUS);
    context.fillStyle = point.color;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colors.background;
    context.stroke();
  }
}

// The record an arrow key leads to: among `preferred` numbers (the linked ones) if any lies that way, else
// among all. Nearness counts, straying sideways counts double; -1 when nothing lies that way.
function towards(nodes, from, direction, preferred, isVisible) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[direction];
  const best = (numbers) => {
    let found = -1;
    let least = Infinity;
    for (const number of numbers) {
      if (number === from || !isVisible(number)) continue;
      const x = nodes[number].x - nodes[from].x;
      const y = nodes[number].y - nodes[from].y;
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (ahead <= 0 || aside > ahead * 1.5) continue;
      const cost = ahead + 2 * aside;
      if (cost < least) {
        least = cost;
        found = number;
      }
    }
    return found;
  };
  const linked = best(preferred);
  return linked >= 0 ? linked : best(nodes.keys());
}

// For each node the list of {other, edge, outgoing}; a loop is listed once.
function linksByNode(picture) {
  const links = picture.nodes.map(() => []);
  picture.edges.forEach((edge, number) => {
    links[edge.source].push({ other: edge.target, edge: number, outgoing: true });
    if (edge.source !== edge.target) links[edge.target].push({ other: edge.source, edge: number, outgoing: false });
  });
  return links;
}
