"use strict";
// Asking: what goes with a question, and what the page does while its answer grows.
(() => {
  const { byline } = window;
  const { state } = byline;
  let waiting = ""; // the question of the next `again`
  let extra = {};

  // Called by gradio just before a question is sent.
  byline.asked = (question) => {
    const about = byline.about();
    byline.edit(0);
    return [question, about];
  };
  byline.again = () => [waiting, byline.about(extra)];

  /** Ask `question` without the box; `more` overrides filters or the turn it replaces. */
  byline.ask = (question, more = {}) => {
    if (document.querySelector("#by-ask .stop-button")) {
      byline.say("Wait for the answer, or stop it first.");
      return;
    }
    waiting = question;
    extra = { turn: 0, ...more };
    byline.act("submit");
  };

  byline.open = (conversation) => {
    state.conversation = conversation;
    byline.edit(0);
    history.pushState({}, "", conversation ? `/?c=${conversation}` : "/");
    byline.act("select");
    byline.box()?.focus();
  };

  addEventListener("popstate", () => {
    const wanted = new URLSearchParams(location.search).get("c") || "";
    if (wanted === state.conversation) return;
    state.conversation = wanted;
    byline.act("select");
  });

  // The thread has changed: a new conversation gets its address, a new question comes into view.
  let shown = "";
  let last = "";
  let known = ""; // the conversation that the thread shows; the reader may be on the way to another
  function follow() {
    const turns = document.querySelector(".by-turns");
    if (!turns) return;
    const { conversation } = turns.dataset;
    const all = turns.querySelectorAll(".by-turn");
    if (conversation && conversation !== known && conversation !== state.conversation) {
      state.conversation = conversation;
      history.replaceState({}, "", `/?c=${conversation}`);
    }
    known = conversation;
    if (!conversation && state.conversation && turns.dataset.missing) {
      state.conversation = "";
      history.replaceState({}, "", "/");
    }
    const newest = all.length ? all[all.length - 1] : null;
    const key = `${conversation}/${all.length}`;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (newest && key !== shown) {
      const linked = !shown && location.hash && document.querySelector(location.hash);
      const target = linked || (all.length > 1 || shown ? newest : null);
      target?.scrollIntoView({ block: "start", behavior: calm || !shown ? "auto" : "smooth" });
    }
    shown = key;
    const busy = Boolean(turns.querySelector(".by-busy"));
    const now = `${key}/${busy}`;
    if (now !== last) byline.refresh?.();
    last = now;
    if (!busy && newest) seek(conversation, newest);
  }

  // Questions that may follow the newest answer come when it has been read for a moment.
  const sought = new Set();
  async function seek(conversation, turn) {
    const place = turn.querySelector(".by-next");
    const when = place?.dataset.seek;
    if (!when || sought.has(when)) return;
    sought.add(when);
    const reply = await byline.fetch(`/conversations/${conversation}/turns/${turn.dataset.turn}/next`);
    const html = reply.ok ? await reply.text() : "";
    // The thread may have been drawn anew meanwhile.
    const now = document.getElementById(turn.id)?.querySelector(".by-next");
    if (html && now?.dataset.seek === when) now.outerHTML = html; // the server has escaped it
  }
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();
