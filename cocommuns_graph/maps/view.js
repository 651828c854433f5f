// Which part of the world is seen, at which zoom; kept by key in the browser's session, so that a map looks at
// the same place after a rerun, a reload and a change of the data.

const MIN_SCALE = 0.005;
const MAX_SCALE = 6;
const RECORD_ROOM = 46;
const EDGE_ROOM = 26;
const VIEWS_KEPT = 30;
const VIEWS_NAME = "cocommuns-map-views";
const VIEWS = (globalThis.cocommunsMapViews ||= readViews());
let viewsTimer = 0;

function readViews() {
  try {
    const kept = Object.entries(JSON.parse(sessionStorage.getItem(VIEWS_NAME) || "{}"));
    return new Map(kept.filter(([, one]) => [one.x, one.y, one.scale].every(Number.isFinite) && one.scale > 0));
  } catch {
    return new Map();
  }
}

function keepView(key, view) {
  VIEWS.delete(key);
  VIEWS.set(key, { x: view.x, y: view.y, scale: view.scale });
  if (VIEWS.size > VIEWS_KEPT) VIEWS.delete(VIEWS.keys().next().value);
  clearTimeout(viewsTimer);
  viewsTimer = setTimeout(storeViews, 200);
}

function storeViews() {
  clearTimeout(viewsTimer);
  try {
    sessionStorage.setItem(VIEWS_NAME, JSON.stringify(Object.fromEntries(VIEWS)));
  } catch {
    // A browser that keeps nothing still shows the map.
  }
}
globalThis.addEventListener?.("pagehide", storeViews);

class View {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.width = 0;
    this.height = 0;
    this.key = "";
  }

  set({ x, y, scale }) {
    this.x = x;
    this.y = y;
    this.scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
    if (this.key) keepView(this.key, this);
  }

  screenX(x) {
    return (x - this.x) * this.scale + this.width / 2;
  }

  screenY(y) {
    return (y - this.y) * this.scale + this.height / 2;
  }

  toScreen(scene, number) {
    return {
      x: this.screenX(scene.x[number]),
      y: this.screenY(scene.y[number]),
      radius: scene.size[number] * this.scale,
    };
  }

  toWorld(x, y) {
    return { x: (x - this.width / 2) / this.scale + this.x, y: (y - this.height / 2) / this.scale + this.y };
  }

  zoomAt(x, y, factor) {
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, this.scale * factor));
    this.set({
      x: this.x + (x - this.width / 2) * (1 / this.scale - 1 / scale),
      y: this.y + (y - this.height / 2) * (1 / this.scale - 1 / scale),
      scale,
    });
  }

  pan(dx, dy) {
    this.set({ x: this.x - dx / this.scale, y: this.y - dy / this.scale, scale: this.scale });
  }

  // Shows the whole picture, or the records of `numbers` with room for their names.
  fit(scene, numbers) {
    if (!this.width || !this.height) return;
    const { picture } = scene;
    let box = extent(scene);
    let aside = 0;
    if (numbers && numbers.size) {
      box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
      for (const number of numbers) {
        box.left = Math.min(box.left, scene.x[number] - 120);
        box.right = Math.max(box.right, scene.x[number] + 120);
        box.top = Math.min(box.top, scene.y[number] - 60);
        box.bottom = Math.max(box.bottom, scene.y[number] + 60);
      }
    } else {
      aside = namesAside(picture, this.width);
    }
    const wide = Math.max(this.width / 2, this.width - 2 * Math.max(aside, EDGE_ROOM));
    const high = Math.max(this.height / 2, this.height - 2 * EDGE_ROOM);
    const scale = Math.min(wide / (box.right - box.left), high / (box.bottom - box.top), 1.3);
    this.set({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale });
  }

  // Moves only if the record is not well inside the view; says whether it moved.
  reveal(scene, number) {
    const at = this.toScreen(scene, number);
    const margin = Math.min(60, this.width / 5, this.height / 5);
    if (at.x > margin && at.y > margin && at.x < this.width - margin && at.y < this.height - margin) return false;
    const scale = Math.max(this.scale, Math.min(0.7, 8 / scene.size[number]));
    this.set({ x: scene.x[number], y: scene.y[number], scale });
    return true;
  }

  // Whether any shown record lies in the view.
  showsAny(scene) {
    for (let number = 0; number < scene.count; number++) {
      if (!scene.shown[number]) continue;
      const x = this.screenX(scene.x[number]);
      const y = this.screenY(scene.y[number]);
      if (x >= 0 && y >= 0 && x <= this.width && y <= this.height) return true;
    }
    return scene.shownCount === 0;
  }
}

function namesAside(picture, width) {
  return roomForNames({ headings: picture.headings, nodes: picture.name.map((name) => ({ name })) }, width);
}

// What all records and headings reach over, which may be more on one side of the middle than on the other.
function extent(scene) {
  const { picture } = scene;
  if (!scene.x.length) {
    const [wide, high] = [picture.width / 2, picture.height / 2];
    return { left: -wide, right: wide, top: -high, bottom: high };
  }
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const reach = (x, y) => {
    box.left = Math.min(box.left, x - RECORD_ROOM);
    box.right = Math.max(box.right, x + RECORD_ROOM);
    box.top = Math.min(box.top, y - RECORD_ROOM);
    box.bottom = Math.max(box.bottom, y + RECORD_ROOM);
  };
  for (let number = 0; number < scene.x.length; number++) reach(scene.x[number], scene.y[number]);
  for (const heading of picture.headings) reach(heading.x, heading.y);
  return box;
}
