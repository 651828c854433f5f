// Mouse, fingers and keys on the map.

const TWICE_WITHIN = 400;
const LONG_PRESS = 550;
const STILL = 4;
const STILL_FINGER = 9;

class Hands {
  constructor(map) {
    this.map = map;
    this.pointers = new Map();
    this.dragged = 0;
    this.lastTap = { at: 0, number: -1 };
    this.pressing = 0;
    const { canvas, signal } = map;
    const listeners = {
      pointerdown: (event) => this.down(event),
      pointermove: (event) => this.move(event),
      pointerup: (event) => this.up(event),
      pointercancel: (event) => this.cancel(event),
      pointerleave: () => this.leave(),
      keydown: (event) => this.key(event),
      contextmenu: (event) => this.pointers.size && event.preventDefault(),
    };
    for (const [name, listener] of Object.entries(listeners)) canvas.addEventListener(name, listener, { signal });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
  }

  stop() {
    clearTimeout(this.pressing);
  }

  at(event) {
    const box = this.map.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  // The record, or else the tie, under a pointer.
  under(event) {
    const { view, scene } = this.map;
    const { x, y } = this.at(event);
    const world = view.toWorld(x, y);
    const number = scene.grid.at(world.x, world.y, (event.pointerType === "touch" ? 16 : 7) / view.scale);
    const tie = number < 0 ? tieAt(this.map, view, x, y) : null;
    return { x, y, number, tie };
  }

  down(event) {
    if (event.button > 0) return;
    this.map.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.dragged = this.pointers.size === 1 ? 0 : Infinity;
    clearTimeout(this.pressing);
    if (event.pointerType === "touch" && this.pointers.size === 1) {
      const { number } = this.under(event);
      this.pressing = setTimeout(() => this.longPress(number), LONG_PRESS);
    }
  }

  longPress(number) {
    if (this.dragged > STILL_FINGER || number < 0) return;
    this.dragged = Infinity;
    this.map.pair(this.map.selected, number);
  }

  move(event) {
    const { map } = this;
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.hover(event);
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    const still = event.pointerType === "touch" ? STILL_FINGER : STILL;
    if (this.pointers.size === 1) {
      this.dragged += Math.hypot(now.x - before.x, now.y - before.y);
      if (this.dragged > still) {
        clearTimeout(this.pressing);
        map.hovered = -1;
        map.hoveredTie = null;
        map.view.pan(now.x - before.x, now.y - before.y);
        map.moved();
      }
    } else if (this.pointers.size === 2) {
      this.pinch(event.pointerId, before, now);
    }
    this.pointers.set(event.pointerId, now);
  }

  pinch(moving, before, now) {
    const { map } = this;
    clearTimeout(this.pressing);
    const [other] = [...this.pointers].filter(([id]) => id !== moving).map(([, at]) => at);
    const box = map.canvas.getBoundingClientRect();
    const apart = (at) => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
    map.view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    map.view.zoomAt((now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top, apart(now) / apart(before));
    map.moved();
  }

  hover(event) {
    const { map } = this;
    if (event.pointerType === "touch") return;
    const { number, tie, x, y } = this.under(event);
    const text = tie ? tie.text : "";
    if (number === map.hovered && text === (map.hoveredTie?.text || "")) return;
    map.hovered = number;
    map.hoveredTie = tie ? { ...tie, x, y } : null;
    map.canvas.style.cursor = number >= 0 || (tie && map.data.pairs !== false) ? "pointer" : "";
    map.show();
  }

  leave() {
    this.map.hovered = -1;
    this.map.hoveredTie = null;
    this.map.show();
  }

  cancel(event) {
    clearTimeout(this.pressing);
    this.pointers.delete(event.pointerId);
    this.map.moved();
  }

  up(event) {
    clearTimeout(this.pressing);
    if (!this.pointers.delete(event.pointerId)) return;
    const still = event.pointerType === "touch" ? STILL_FINGER : STILL;
    if (this.dragged > still || this.pointers.size) {
      this.map.moved();
      return;
    }
    this.tap(event, this.under(event));
  }

  tap(event, { number, tie }) {
    const { map } = this;
    const now = event.timeStamp;
    const second = event.shiftKey || event.ctrlKey || event.metaKey;
    const same = number >= 0 && !second && number === this.lastTap.number;
    const twice = same && now - this.lastTap.at < TWICE_WITHIN;
    this.lastTap = { at: now, number: twice || second ? -1 : number };
    if (twice) map.expand(number);
    else if (number >= 0 && second) map.pair(map.selected, number);
    else if (number >= 0 || !tie || map.data.pairs === false) {
      if (number !== map.selected) map.choose(number);
    } else map.pair(tie.a, tie.b);
  }

  wheel(event) {
    event.preventDefault();
    const { x, y } = this.at(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    const turned = Math.max(-120, Math.min(120, event.deltaY * lines));
    this.map.view.zoomAt(x, y, Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.002)));
    this.map.moved();
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!this.obey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Does what a key stands for; false if it stands for nothing here.
  obey(key) {
    const { map } = this;
    const at = map.cursor >= 0 ? map.cursor : map.selected;
    if (key === "+" || key === "=") map.zoom(ZOOM_STEP);
    else if (key === "-") map.zoom(1 / ZOOM_STEP);
    else if (key === "0") map.showAll();
    else if (key === "Enter" && map.cursor >= 0) map.choose(map.cursor);
    else if (key.toLowerCase() === "e" && at >= 0) map.expand(at);
    else if (key.toLowerCase() === "w" && at >= 0) map.pair(map.selected, at);
    else if (key === "Escape" && (map.selected >= 0 || map.cursor >= 0)) this.clear();
    else if (key.startsWith("Arrow") && map.scene.shownCount) this.walk(key, at);
    else return false;
    return true;
  }

  clear() {
    const { map } = this;
    map.cursor = -1;
    if (map.selected >= 0) map.choose(-1);
    else {
      map.tell(-1);
      map.show();
    }
  }

  walk(key, from) {
    const { map } = this;
    const { scene } = map;
    const seen = (number) => Boolean(scene.shown[number]);
    const first = () =>
      scene.byPriority.find((number) => seen(number) && (!map.highlight.size || map.highlight.has(number))) ?? -1;
    const next =
      from < 0 || !seen(from) ? first() : towards(scene.points, from, key, scene.neighbours(from), seen);
    if (next >= 0) map.moveCursor(next);
    map.panel?.follow();
  }
}
