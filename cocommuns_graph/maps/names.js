// Which names a view asks for, and where each of them goes.
//
// Asked for, by a rule that knows nothing of where names will stand: going through the records in view from the
// most important to the least, a name is asked for while names fill at most FILLED of all surroundings of its
// record (more where the layout keeps room for a column of names), and while all names together would hide at
// most HIDDEN of the records in view. Of n records that would lie under a name put at random some n - 2.2 √n lie
// under it at the best of a few dozen places. The first LANDMARKS, and before them the records that the user chose
// or found, only keep the first half of the rule.

const FILLED = 0.4;
const FILLED_IN_COLUMNS = 0.8;
const HIDDEN = 0.03;
const LANDMARKS = 18;
const CELL_WIDE = 150;
const CELL_HIGH = 54;
const NAME_HIGH = 18;
const UNDER_COST = 1.5;
const MARK_CELL = 40;
const MARK_REACH = 8;
const RINGS = [12, 26, 42, 60, 82, 108, 140];
const DIRECTIONS = Array.from({ length: 16 }, (_, turn) => [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)]);

// What lies in the three by three cells around each cell of a coarse grid over the sheet.
class Surroundings {
  constructor(sheet) {
    this.sheet = sheet;
    this.columns = Math.ceil((sheet.right - sheet.left) / CELL_WIDE) + 2;
    this.rows = Math.ceil((sheet.bottom - sheet.top) / CELL_HIGH) + 2;
    this.sums = new Float32Array(this.columns * this.rows);
  }

  // The cells within the sheet are numbered from 1, so that each has eight neighbours.
  cell(x, y) {
    const column = Math.floor((x - this.sheet.left) / CELL_WIDE) + 1;
    const row = Math.floor((y - this.sheet.top) / CELL_HIGH) + 1;
    return (
      Math.min(this.rows - 2, Math.max(1, row)) * this.columns + Math.min(this.columns - 2, Math.max(1, column))
    );
  }

  add(x, y, amount) {
    const { sums, columns } = this;
    const middle = this.cell(x, y);
    for (let at = middle - columns; at <= middle + columns; at += columns) {
      sums[at - 1] += amount;
      sums[at] += amount;
      sums[at + 1] += amount;
    }
  }

  around(x, y) {
    return this.sums[this.cell(x, y)];
  }

  // The most that any surroundings hold to which a point belongs.
  most(x, y) {
    const { sums, columns } = this;
    const middle = this.cell(x, y);
    let most = 0;
    for (let at = middle - columns; at <= middle + columns; at += columns) {
      most = Math.max(most, sums[at - 1], sums[at], sums[at + 1]);
    }
    return most;
  }
}

// `points` are {x, y, text, wide, side, first} on the screen, the most important first, `wide` about as wide as the
// name, `marks` the {x, y, radius} of all records drawn, as columns; returns those whose names are asked for, at
// most `limit`.
function askedNames(points, marks, sheet, limit) {
  const area = 9 * CELL_WIDE * CELL_HIGH;
  const crowd = new Surroundings(sheet);
  for (let mark = 0; mark < marks.x.length; mark++) crowd.add(marks.x[mark], marks.y[mark], 1);
  const filled = new Surroundings(sheet);
  let left = HIDDEN * marks.x.length;
  const asked = [];
  for (const point of points) {
    if (asked.length >= limit) break;
    if (!point.text) continue;
    const own = (point.wide + 12) * NAME_HIGH;
    const room = point.side === "left" || point.side === "right" ? FILLED_IN_COLUMNS : FILLED;
    if (filled.most(point.x, point.y) + own > room * area) continue;
    const under = (own * Math.max(0, crowd.around(point.x, point.y) - 1)) / area;
    const hides = Math.max(0, under - 2.2 * Math.sqrt(under));
    if (!point.first && asked.length >= LANDMARKS && hides > 0 && hides > left) continue;
    left -= hides;
    filled.add(point.x, point.y, own);
    asked.push(point);
  }
  return asked;
}

// Places around a record, the nearest first: how far out, in which direction, and what standing there costs.
const PLACES = RINGS.flatMap((away, ring) => DIRECTIONS.map(([dx, dy]) => ({ away, dx, dy, cost: 1 + ring })));

// Puts each asked-for name beside its record or a little away, where it covers no other name and as few records
// as may be. `sheet` is the box of all that is drawn, `seen` what of it is in the window: a record seen has its
// whole name seen. Returns boxes {left, top, right, bottom, text, point, leader}; with `leader` a line leads to
// the record.
function placeNames(asked, sheet, seen, taken, marks) {
  const placed = [];
  for (const point of asked) {
    const best = bestPlace(point, isIn(seen, point.x, point.y) ? seen : sheet, taken, marks);
    if (!best) continue;
    taken.take(best);
    placed.push(best);
  }
  return placed;
}

function bestPlace(point, room, taken, marks) {
  const { width } = point;
  const rim = Math.max(point.radius, MIN_NAMED_RADIUS);
  let best = null;
  let least = Infinity;
  const weigh = (box, cost, leader) => {
    if (box.left < room.left || box.top < room.top || box.right > room.right || box.bottom > room.bottom) return;
    if (!taken.isFree(box)) return;
    const all = cost + UNDER_COST * marks.count(box, (least - cost) / UNDER_COST);
    if (all >= least) return;
    least = all;
    best = { ...box, text: point.text, point, leader };
  };
  const sides = SIDE_ORDER[point.side] || SIDE_ORDER.below;
  for (let order = 0; order < sides.length && order * 0.2 < least; order++) {
    weigh(boxBeside(point, sides[order], width, NAME_HIGH), order * 0.2, false);
  }
  const box = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const { away, dx, dy, cost } of PLACES) {
    if (cost >= least) break;
    box.left = point.x + dx * (rim + away + width / 2) - width / 2;
    box.top = point.y + dy * (rim + away * 0.8 + NAME_HIGH / 2) - NAME_HIGH / 2;
    box.right = box.left + width;
    box.bottom = box.top + NAME_HIGH;
    weigh(box, cost, cost > 1);
  }
  return best;
}

function isIn(box, x, y) {
  return x >= box.left && y >= box.top && x <= box.right && y <= box.bottom;
}

// Records drawn, by the cell they lie in: how many lie under a box.
class MarkCells {
  constructor(marks, sheet) {
    this.marks = marks;
    this.sheet = sheet;
    this.columns = Math.ceil((sheet.right - sheet.left) / MARK_CELL) + 1;
    this.rows = Math.ceil((sheet.bottom - sheet.top) / MARK_CELL) + 1;
    this.starts = new Uint32Array(this.columns * this.rows + 1);
    const { x, y } = marks;
    const cells = new Uint32Array(x.length);
    for (let mark = 0; mark < x.length; mark++) {
      cells[mark] = this.row(y[mark]) * this.columns + this.column(x[mark]);
      this.starts[cells[mark] + 1] += 1;
    }
    for (let cell = 0; cell + 1 < this.starts.length; cell++) this.starts[cell + 1] += this.starts[cell];
    const next = this.starts.slice();
    this.sorted = new Uint32Array(x.length);
    cells.forEach((cell, mark) => (this.sorted[next[cell]++] = mark));
  }

  column(x) {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.sheet.left) / MARK_CELL)));
  }

  row(y) {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.sheet.top) / MARK_CELL)));
  }

  // Counts no further than `enough`. The rim of a record may be touched.
  count(box, enough) {
    const { x, y, radius } = this.marks;
    let found = 0;
    const to = this.column(box.right + MARK_REACH);
    for (let row = this.row(box.top - MARK_REACH); row <= this.row(box.bottom + MARK_REACH); row++) {
      const first = row * this.columns;
      const end = this.starts[first + to + 1];
      for (let at = this.starts[first + this.column(box.left - MARK_REACH)]; at < end; at++) {
        const mark = this.sorted[at];
        const reach = Math.min(MARK_REACH, radius[mark] * 0.75);
        if (x[mark] + reach <= box.left || x[mark] - reach >= box.right) continue;
        if (y[mark] + reach <= box.top || y[mark] - reach >= box.bottom) continue;
        found += 1;
        if (found > enough) return found;
      }
    }
    return found;
  }
}

// The ends of a leader: from the rim of the record to the nearest point of its name.
function leaderEnds({ left, right, top, bottom, point }) {
  const x = Math.min(right, Math.max(left, point.x));
  const y = Math.min(bottom - 3, Math.max(top + 3, point.y));
  const apart = Math.max(1, Math.hypot(x - point.x, y - point.y));
  const rim = Math.min(apart, Math.max(point.radius, MIN_NAMED_RADIUS) + 1);
  return [point.x + ((x - point.x) / apart) * rim, point.y + ((y - point.y) / apart) * rim, x, y];
}

function paintLeaders(context, labels, colors) {
  context.beginPath();
  for (const label of labels) {
    if (!label.leader) continue;
    const [fromX, fromY, toX, toY] = leaderEnds(label);
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.lineWidth = 1;
  context.strokeStyle = colors.quiet;
  context.stroke();
}
