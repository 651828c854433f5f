// Streamlit calls this at every rerun; the map itself is made once per mounted element.

const MOUNTED = new WeakMap();
const PARSED = new Map();
const PARSED_KEPT = 6;

// What a text of JSON says; the last few are kept, since a rerun sends the same again.
function parsed(text) {
  if (!text) return null;
  const known = PARSED.get(text) || JSON.parse(text);
  PARSED.delete(text);
  PARSED.set(text, known);
  if (PARSED.size > PARSED_KEPT) PARSED.delete(PARSED.keys().next().value);
  return known;
}

export default function mount({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!data) return undefined;
  const root = parentElement.querySelector(".cocommuns-map");
  root.style.setProperty("--map-height", `${data.height}px`);
  const shown = { ...data, picture: parsed(data.picture), look: parsed(data.look) };
  const callbacks = {
    select: (id) => setStateValue("selected", { id, at: Date.now() }),
    expand: (id) => setTriggerValue("expand", { id, at: Date.now() }),
    pair: (a, b) => setTriggerValue("pair", { a, b, at: Date.now() }),
  };
  let mounted = MOUNTED.get(parentElement);
  if (mounted && mounted.map.root === root) {
    Object.assign(mounted.callbacks, callbacks);
    mounted.turn += 1;
    mounted.map.update(shown);
  } else {
    mounted?.map.destroy();
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
