// A picture's records and ties as columns of numbers, how they are drawn at present (their look), and which
// record lies where.

class Scene {
  constructor(picture) {
    this.picture = picture;
    this.count = picture.id.length;
    this.x = Float32Array.from(picture.x);
    this.y = Float32Array.from(picture.y);
    this.source = Uint32Array.from(picture.source);
    this.target = Uint32Array.from(picture.target);
    this.numberOf = new Map(picture.id.map((id, number) => [id, number]));
    this.byPriority = Uint32Array.from(picture.id.keys()).sort(
      (a, b) => picture.priority[b] - picture.priority[a] || a - b,
    );
    this.linkUp();
    this.wear(null);
  }

  // The links of record n are others[starts[n]] up to others[starts[n + 1]], by ties[...]; a loop is listed once.
  linkUp() {
    const { source, target, count } = this;
    this.starts = new Uint32Array(count + 1);
    for (let tie = 0; tie < source.length; tie++) {
      this.starts[source[tie] + 1] += 1;
      if (source[tie] !== target[tie]) this.starts[target[tie] + 1] += 1;
    }
    for (let number = 0; number < count; number++) this.starts[number + 1] += this.starts[number];
    const next = this.starts.slice();
    this.others = new Uint32Array(this.starts[count]);
    this.ties = new Uint32Array(this.starts[count]);
    const put = (own, other, tie) => {
      this.others[next[own]] = other;
      this.ties[next[own]++] = tie;
    };
    for (let tie = 0; tie < source.length; tie++) {
      put(source[tie], target[tie], tie);
      if (source[tie] !== target[tie]) put(target[tie], source[tie], tie);
    }
  }

  // Made when first needed: a map is drawn before anybody points at it.
  get grid() {
    return (this.madeGrid ||= new NodeGrid(this));
  }

  get points() {
    return (this.madePoints ||= this.picture.x.map((x, number) => ({ x, y: this.picture.y[number] })));
  }

  // Puts a look on: colours, sizes and filters change, places stay.
  wear(look) {
    const { picture, count } = this;
    const own = (look && look.palette) || picture.palette;
    this.palette = own.map((entry) => ({ color: entry.color, shape: entry.shape || "" }));
    const color = look && look.color;
    this.look = Uint16Array.from(color || picture.look);
    this.ownShape = picture.look;
    this.size = Float32Array.from((look && look.size) || picture.size);
    this.shown = look && look.shown ? Uint8Array.from(look.shown) : new Uint8Array(count).fill(1);
    this.shownCount = this.shown.reduce((sum, one) => sum + one, 0);
    this.largest = this.size.reduce((most, size) => Math.max(most, size), 0);
    if (!color) this.palette = picture.palette;
  }

  shapeOf(number) {
    return this.palette[this.look[number]]?.shape || this.picture.palette[this.ownShape[number]].shape;
  }

  colorOf(number) {
    return this.palette[this.look[number]]?.color || this.picture.palette[this.ownShape[number]].color;
  }

  name(number) {
    return this.picture.name[number];
  }

  typeWords(number) {
    const type = this.picture.types[this.picture.type[number]];
    return this.picture.legend.find((entry) => entry.type === type) || { singular: type, plural: type };
  }

  // The different shown records a record is linked to, in the order of importance.
  neighbours(number) {
    const found = new Set();
    for (let at = this.starts[number]; at < this.starts[number + 1]; at++) {
      const other = this.others[at];
      if (other !== number && this.shown[other]) found.add(other);
    }
    return [...found].sort((a, b) => this.picture.priority[b] - this.picture.priority[a] || a - b);
  }

  tieShown(tie) {
    return this.shown[this.source[tie]] && this.shown[this.target[tie]];
  }

  // How a tie reads: its start, the words of its kind, its end.
  tieText(tie) {
    const [, words] = this.picture.kinds[this.picture.kind[tie]];
    return `${this.name(this.source[tie])} ${words} ${this.name(this.target[tie])}`;
  }
}

// Which record is near a point: records sorted by the cell of a grid that holds about one each.
class NodeGrid {
  constructor(scene) {
    const { picture } = scene;
    this.scene = scene;
    this.cell = Math.max(20, Math.sqrt((picture.width * picture.height) / Math.max(1, scene.count)));
    this.cells = new Map();
    for (let number = 0; number < scene.count; number++) {
      const key = this.key(Math.floor(scene.x[number] / this.cell), Math.floor(scene.y[number] / this.cell));
      const there = this.cells.get(key);
      if (there) there.push(number);
      else this.cells.set(key, [number]);
    }
  }

  key(column, row) {
    return column * 1048583 + row;
  }

  // The shown record nearest to a point, not further than `slack` beyond its rim; -1 if there is none.
  at(x, y, slack) {
    const { scene, cell } = this;
    const reach = scene.largest + slack;
    let best = -1;
    let least = slack;
    for (let column = Math.floor((x - reach) / cell); column <= Math.floor((x + reach) / cell); column++) {
      for (let row = Math.floor((y - reach) / cell); row <= Math.floor((y + reach) / cell); row++) {
        for (const number of this.cells.get(this.key(column, row)) || []) {
          const gap = Math.hypot(scene.x[number] - x, scene.y[number] - y) - scene.size[number];
          if (gap < least && scene.shown[number]) {
            least = gap;
            best = number;
          }
        }
      }
    }
    return best;
  }
}
