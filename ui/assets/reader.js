"use strict";
// The reader: an article opens beside the answer, at the cited words.
(() => {
  const { byline } = window;
  let drawer, frame, opener, marks;

  const BUTTON = (act, label, text) =>
    `<button type="button" data-read="${act}" aria-label="${label}" title="${label}">${text}</button>`;

  function build() {
    drawer = document.createElement("div");
    drawer.className = "by-drawer";
    drawer.setAttribute("role", "dialog");
    drawer.setAttribute("aria-label", "Article");
    drawer.hidden = true;
    drawer.innerHTML =
      `<header><span class="by-steps">${BUTTON("back", "Previous citation", "‹")}<span class="by-step"></span>` +
      `${BUTTON("on", "Next citation", "›")}</span>` +
      `<button type="button" data-read="ask">Ask about this article</button>` +
      `<a target="_blank" rel="noopener">Open in a new tab</a>${BUTTON("close", "Close", "Close")}</header>`;
    drawer.addEventListener("click", press);
    document.body.append(drawer);
  }

  function press(event) {
    const act = event.target.closest("[data-read]")?.dataset.read;
    if (act === "close") close();
    if (act === "back") step(-1);
    if (act === "on") step(1);
    if (act === "ask") {
      const article = decodeURIComponent(new URL(opener.href).pathname.split("/")[2]);
      const title = opener.dataset.article;
      close();
      document.querySelector('#by-tabs button[role="tab"]')?.click(); // from the library's tab
      byline.askAbout(article, title);
    }
  }

  function open(anchor) {
    if (!drawer) build();
    document.querySelectorAll(".by-turn [aria-current], .by-card[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    opener = anchor;
    anchor.setAttribute("aria-current", "true");
    follow(anchor);
    drawer.querySelector("a").href = anchor.href;
    // A new frame each time: the history of the page stays one entry long.
    frame?.remove();
    frame = document.createElement("iframe");
    frame.title = anchor.dataset.article;
    frame.addEventListener("load", dress);
    frame.src = anchor.href;
    drawer.append(frame);
    drawer.hidden = false;
    document.body.classList.add("by-reading");
  }

  // The citations of the same answer, in their order: the steps go through them.
  function follow(anchor) {
    const seen = new Map();
    anchor.closest(".by-turn")?.querySelectorAll(".by-text .by-cite, .by-card .by-cite").forEach((mark) => {
      if (!seen.has(mark.dataset.n)) seen.set(mark.dataset.n, mark);
    });
    marks = [...seen.values()].sort((a, b) => a.dataset.n - b.dataset.n);
    const at = marks.findIndex((mark) => mark.dataset.n === (anchor.dataset.n || at0(anchor)));
    drawer.querySelector(".by-steps").hidden = marks.length < 2;
    drawer.querySelector(".by-step").textContent = at < 0 ? `${marks.length}` : `${at + 1} of ${marks.length}`;
    drawer.dataset.at = at;
  }

  function at0(anchor) {
    return anchor.closest(".by-card")?.querySelector(".by-cite")?.dataset.n;
  }

  function step(by) {
    const at = (Number(drawer.dataset.at) + by + marks.length) % marks.length;
    const act = by > 0 ? "on" : "back";
    open(marks[at]);
    drawer.querySelector(`[data-read="${act}"]`).focus();
  }

  function dress() {
    const inside = frame.contentDocument;
    if (!inside) return;
    const dark = document.body.classList.contains("dark");
    inside.documentElement.style.colorScheme = dark ? "dark" : "light";
    inside.addEventListener("keydown", leave);
  }

  function close() {
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    document.body.classList.remove("by-reading");
    document.querySelectorAll(".by-turn [aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    // An opener that has left the page cannot take the focus back.
    (opener?.isConnected ? opener : byline.box())?.focus();
  }

  function leave(event) {
    if (event.key === "Escape") close();
  }

  function click(event) {
    // With a modifier key the reader asks for a tab or a window of their own.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const anchor = event.target.closest("a");
    // What folds and unfolds in a card is no part of what opens its article.
    const card = event.target.closest("summary") ? null : event.target.closest(".by-card");
    const selecting = !document.getSelection().isCollapsed;
    const wanted = anchor ? anchor.closest("a[data-article]") : !selecting && card?.querySelector(".by-open");
    if (!wanted) return;
    event.preventDefault();
    open(wanted);
  }

  byline.read = open;
  document.addEventListener("click", click);
  document.addEventListener("keydown", leave);
})();
