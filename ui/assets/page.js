"use strict";
// The chat page's own behaviour: articles open in a drawer beside the answer.
(() => {
  let drawer, frame, link, opener;

  function build() {
    drawer = document.createElement("aside");
    drawer.className = "by-drawer";
    drawer.setAttribute("role", "dialog");
    drawer.setAttribute("aria-label", "Article");
    drawer.hidden = true;
    drawer.innerHTML =
      '<header><strong></strong><a target="_blank" rel="noopener">Open in a new tab</a>' +
      '<button type="button">Close</button></header>';
    link = drawer.querySelector("a");
    drawer.querySelector("button").addEventListener("click", close);
    document.body.append(drawer);
  }

  function open(anchor) {
    if (!drawer) build();
    clear();
    opener = anchor;
    anchor.setAttribute("aria-current", "true");
    link.href = anchor.href;
    // A new frame each time: the history of the page stays one entry long.
    frame?.remove();
    frame = document.createElement("iframe");
    frame.title = anchor.dataset.article;
    drawer.querySelector("strong").textContent = anchor.dataset.article;
    frame.addEventListener("load", dress, { once: true });
    frame.src = anchor.href;
    drawer.append(frame);
    drawer.hidden = false;
    document.body.classList.add("by-reading");
  }

  function dress() {
    const inside = frame.contentDocument;
    if (!inside) return;
    const dark = document.body.classList.contains("dark");
    inside.documentElement.style.colorScheme = dark ? "dark" : "light";
    inside.addEventListener("keydown", leave);
  }

  function clear() {
    document.querySelectorAll("[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  }

  function close() {
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    document.body.classList.remove("by-reading");
    clear();
    // An opener that has left the page cannot take the focus back.
    (opener?.isConnected ? opener : document.querySelector("#by-ask textarea"))?.focus();
  }

  function leave(event) {
    if (event.key === "Escape") close();
  }

  function click(event) {
    // With a modifier key the reader asks for a tab or a window of their own.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const anchor = event.target.closest("a");
    const card = event.target.closest(".by-card");
    const selecting = !document.getSelection().isCollapsed;
    const wanted = anchor ? anchor.closest("a[data-article]") : !selecting && card?.querySelector(".by-open");
    if (!wanted) return;
    event.preventDefault();
    open(wanted);
  }

  // A mark and its source card light up together.
  function lightUp(event) {
    const near = event.target.closest?.(".by-cite, .by-card[data-n]");
    document.querySelectorAll(".by-linked").forEach((e) => e.classList.remove("by-linked"));
    if (!near?.dataset.n) return;
    near
      .closest(".by-turn")
      .querySelectorAll(`[data-n="${near.dataset.n}"]`)
      .forEach((e) => e.classList.add("by-linked"));
  }

  // A new question comes to the top; while its answer grows the page stays where it is.
  function follow() {
    let seen = 0;
    new MutationObserver(() => {
      const turns = document.querySelectorAll(".by-turn");
      if (turns.length > seen && turns.length > 1) {
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        turns[turns.length - 1].scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
      }
      seen = turns.length;
    }).observe(document.documentElement, { childList: true, subtree: true });
  }

  document.addEventListener("click", click);
  document.addEventListener("keydown", leave);
  document.addEventListener("mouseover", lightUp);
  document.addEventListener("focusin", lightUp);
  follow();
})();
