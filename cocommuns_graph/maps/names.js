// Which names a view asks for, and where each of them goes.
//
// Asked for, by a rule that knows nothing of where names will stand: going through the records in view from the
// most important to the least, a name is asked for while the names so far fill at most FILLED of the surroundings
// of its record, and while all names together would hide at most HIDDEN of the records in view. The first
// LANDMARKS, and before them the records that the user chose or found, only keep the first half of the rule.

const FILLED = 0.34;
const HIDDEN = 0.08;
const LANDMARKS = 18;
const FREE = 0.6;
const CELL_WIDE = 150;
const CELL_HIGH = 54;
const NAME_HIGH = 18;
const RINGS = [12, 26, 42, 60, 82, 108, 140];
const DIRECTIONS = Array.from({ length: 16 }, (_, turn) => [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)]);

// Sums over the cells around a point, the cells of a coarse grid over the screen.
class Surroundings {
  constructor() {
    this.cells = new Map();
  }

  add(x, y, amount) {
    const key = Math.floor(x / CELL_WIDE) * 100003 + Math.floor(y / CELL_HIGH);
    this.cells.set(key, (this.cells.get(key) || 0) + amount);
  }

  around(x, y) {
    const column = Math.floor(x / CELL_WIDE);
    const row = Math.floor(y / CELL_HIGH);
    let sum = 0;
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) sum += this.cells.get(c * 100003 + r) || 0;
    }
    return sum;
  }
}

// `points` are {x, y, radius, text, width, first} on the screen, the most important first, `marks` all records
// drawn; returns those whose names are asked for, at most `limit`.
function askedNames(points, marks, limit) {
  const area = 9 * CELL_WIDE * CELL_HIGH;
  const crowd = new Surroundings();
  for (const mark of marks) crowd.add(mark.x, mark.y, 1);
  const filled = new Surroundings();
  let left = HIDDEN * marks.length;
  const asked = [];
  for (const point of points) {
    if (asked.length >= limit) break;
    if (!point.text) continue;
    const own = (point.width + 8) * NAME_HIGH;
    if (filled.around(point.x, point.y) + own > FILLED * area) continue;
    const hides = (own * (crowd.around(point.x, point.y) - 1)) / area;
    if (!point.first && asked.length >= LANDMARKS && hides > FREE && hides > left) continue;
    if (hides > FREE) left -= hides;
    filled.add(point.x, point.y, own);
    asked.push(point);
  }
  return asked;
}

function* candidates(point) {
  const { width } = point;
  const side = SIDE_ORDER[point.side] || SIDE_ORDER.below;
  for (const [order, one] of side.entries()) yield [boxBeside(point, one, width, NAME_HIGH), order * 0.2, false];
  const rim = Math.max(point.radius, MIN_NAMED_RADIUS);
  for (const [ring, away] of RINGS.entries()) {
    for (const [dx, dy] of DIRECTIONS) {
      const x = point.x + dx * (rim + away);
      const y = point.y + dy * (rim + away * 0.8);
      const left = x - width / 2 + (dx * width) / 2;
      const top = y - NAME_HIGH / 2 + (dy * NAME_HIGH) / 2;
      yield [{ left, top, right: left + width, bottom: top + NAME_HIGH }, 1 + ring, ring > 0];
    }
  }
}

// Puts each asked-for name beside its record or a little away, where it covers no other name and as few records
// as may be. `sheet` is the box of all that is drawn, `seen` what of it is in the window: a record seen has its
// whole name seen. Returns boxes {left, top, right, bottom, text, point, leader}; with `leader` a line leads to
// the record.
function placeNames(asked, sheet, seen, taken, marks) {
  const placed = [];
  for (const point of asked) {
    let best = null;
    let least = Infinity;
    const room = isIn(seen, point.x, point.y) ? seen : sheet;
    for (const [box, cost, leader] of candidates(point)) {
      if (cost >= least) break;
      if (!isIn(room, box.left, box.top) || !isIn(room, box.right, box.bottom)) continue;
      if (!taken.isFree(box)) continue;
      const all = cost + 1.5 * marks.count(box, least - cost);
      if (all < least) {
        least = all;
        best = { ...box, text: point.text, point, leader };
      }
    }
    if (!best) continue;
    taken.take(best);
    placed.push(best);
  }
  return placed;
}

function isIn(box, x, y) {
  return x >= box.left && y >= box.top && x <= box.right && y <= box.bottom;
}

// Records drawn, as points by cell: how many lie under a box.
class MarkCells {
  constructor(marks) {
    this.cells = new Map();
    for (const mark of marks) {
      const key = Math.floor(mark.x / 40) * 100003 + Math.floor(mark.y / 40);
      const there = this.cells.get(key);
      if (there) there.push(mark);
      else this.cells.set(key, [mark]);
    }
  }

  count(box, enough) {
    let found = 0;
    const slack = 8;
    for (let column = Math.floor((box.left - slack) / 40); column <= Math.floor((box.right + slack) / 40); column++) {
      for (let row = Math.floor((box.top - slack) / 40); row <= Math.floor((box.bottom + slack) / 40); row++) {
        for (const mark of this.cells.get(column * 100003 + row) || []) {
          const reach = Math.min(slack, mark.radius * 0.75);
          if (
            mark.x + reach > box.left && mark.x - reach < box.right &&
            mark.y + reach > box.top && mark.y - reach < box.bottom
          ) {
            found += 1;
            if (found > enough) return found;
          }
        }
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
