// What tests look at on a page of the app: every text a person may read or hear, and what is too wide for it.

window.seen = (() => {
  const NAMES = ["aria-label", "placeholder", "title", "alt"];
  const UNREAD = "script, style, noscript, canvas, [data-testid=stIconMaterial], [translate=no]";
  const CONTROLS = "button, input, select, textarea, a, summary";
  const ELSEWHERE = "[data-testid=stSidebar], [data-testid=stSkipToContent], [data-testid=stElementToolbar]";

  function* elements(root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* elements(element.shadowRoot);
    }
  }

  const parent = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const main = () => document.querySelector("[data-testid=stMain]");
  const said = (text) => text.replace(/\s+/g, " ").trim();

  function texts() {
    const found = [];
    for (const element of elements(document.body)) {
      if (element.closest(UNREAD)) continue;
      for (const name of NAMES) if (element.getAttribute(name)) found.push(said(element.getAttribute(name)));
      if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
        found.push(said(element.textContent));
    }
    return found;
  }

  function scrollsInside(element) {
    for (let at = parent(element); at && at !== main(); at = parent(at))
      if (getComputedStyle(at).overflowX !== "visible" && at.scrollWidth > at.clientWidth) return true;
    return false;
  }

  function tooWide() {
    const found = [document.documentElement, main()]
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => `the page scrolls sideways: ${one.scrollWidth} in ${one.clientWidth}`);
    for (const element of elements(document)) {
      if (!element.matches(CONTROLS) || element.closest(ELSEWHERE)) continue;
      const box = element.getBoundingClientRect();
      if (!box.width || !box.height || box.right <= 0) continue;
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrollsInside(element))
        found.push(`${element.tagName} ${said(element.innerText || element.getAttribute("aria-label") || "")}`);
    }
    return found;
  }

  return { texts, tooWide };
})();
