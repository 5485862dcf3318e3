"use strict";
// A turn: its marks and quotes light up together, and its buttons.
(() => {
  const { byline } = window;
  const { state } = byline;
  let tip;

  const turnOf = (element) => element.closest(".by-turn");
  const numberOf = (turn) => Number(turn.dataset.turn);
  const askedIn = (turn) => turn.querySelector(".by-question").textContent;
  const chosenIn = (turn) => JSON.parse(turn.dataset.chosen || "{}");
  const addressOf = (turn, rest) => `/conversations/${state.conversation}/turns/${numberOf(turn)}${rest}`;

  const acts = {
    follow: (button) => byline.ask(button.textContent.trim()),
    retry: (button) => {
      const turn = turnOf(button);
      byline.ask(askedIn(turn), { turn: numberOf(turn), chosen: chosenIn(turn) });
    },
    edit: (button) => byline.edit(numberOf(turnOf(button)), askedIn(turnOf(button))),
    async copy(button) {
      const reply = await byline.send("GET", addressOf(turnOf(button), ".md"));
      byline.copy(await reply.text(), "Copied as Markdown, with its references.");
    },
    link: (button) => {
      const address = `${location.origin}/?c=${state.conversation}#q${numberOf(turnOf(button))}`;
      byline.copy(address, "Copied the link to this answer.");
    },
    unfilter: (button) => {
      const turn = turnOf(button);
      if (!turn) return byline.unchoose(button.dataset.key, button.dataset.value);
      const chosen = byline.without(chosenIn(turn), button.dataset.key, button.dataset.value);
      byline.ask(askedIn(turn), { turn: numberOf(turn), chosen });
    },
    good: (button) => judge(button, true),
    bad: (button) => judge(button, false),
    reason: (button) => {
      button.form.elements.reason.value = button.textContent;
      button.form.requestSubmit();
    },
  };

  async function judge(button, good) {
    const turn = turnOf(button);
    const pressed = button.getAttribute("aria-pressed") === "true";
    const form = turn.querySelector(".by-why");
    if (pressed) await byline.send("DELETE", addressOf(turn, "/opinion"));
    else await byline.send("PUT", addressOf(turn, "/opinion"), { good, reason: "" });
    turn.querySelectorAll(".by-thumbs [data-act]").forEach((thumb) => {
      thumb.setAttribute("aria-pressed", String(thumb === button && !pressed));
    });
    form.hidden = pressed;
    form.querySelector(".by-why-ask").textContent = good ? "What was good about it?" : "What was wrong with it?";
    form.querySelector(".by-reasons").hidden = good;
    if (!form.hidden) form.elements.reason.focus();
  }

  async function tell(event) {
    const form = event.target.closest(".by-why");
    if (!form) return;
    event.preventDefault();
    const turn = turnOf(form);
    const good = turn.querySelector('[data-act="good"]').getAttribute("aria-pressed") === "true";
    await byline.send("PUT", addressOf(turn, "/opinion"), { good, reason: form.elements.reason.value });
    form.hidden = true;
    byline.say("Thank you. It is kept with the answer.");
  }

  function click(event) {
    const button = event.target.closest("[data-act]");
    const act = button && acts[button.dataset.act];
    if (!act) return;
    event.preventDefault();
    Promise.resolve(act(button)).catch((error) => byline.say(String(error.message || error)));
  }

  // A mark shows the words it stands for; a mark and its quote light up together.
  function lightUp(event) {
    const mark = event.target.closest?.(".by-cite, .by-quote[data-n]");
    document.querySelectorAll(".by-linked").forEach((e) => e.classList.remove("by-linked"));
    hide();
    const turn = mark && turnOf(mark);
    if (!turn) return;
    turn.querySelectorAll(`[data-n="${mark.dataset.n}"]`).forEach((e) => e.classList.add("by-linked"));
    if (mark.closest(".by-text")) show(mark, turn);
  }

  function show(mark, turn) {
    const quote = turn.querySelector(`.by-quote[data-n="${mark.dataset.n}"]`);
    if (!quote) return;
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "by-tip";
      tip.setAttribute("role", "tooltip");
      document.body.append(tip);
    }
    const words = document.createElement("blockquote");
    words.textContent = quote.textContent;
    const meta = document.createElement("p");
    meta.textContent = mark.dataset.meta;
    tip.replaceChildren(words, meta);
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "by-tip");
    const at = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 24), innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 10;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 8 ? above : at.bottom + 10}px`;
  }

  function hide() {
    if (!tip || tip.hidden) return;
    tip.hidden = true;
    document.querySelectorAll('[aria-describedby="by-tip"]').forEach((e) => e.removeAttribute("aria-describedby"));
  }

  byline.acts = acts;
  document.addEventListener("click", click);
  document.addEventListener("submit", tell);
  document.addEventListener("mouseover", lightUp);
  document.addEventListener("focusin", lightUp);
  // The focus brings its mark into view, and its words go with it.
  function scrolled() {
    const mark = document.activeElement?.closest(".by-text .by-cite");
    if (mark && tip && !tip.hidden) show(mark, turnOf(mark));
    else hide();
  }
  document.addEventListener("scroll", scrolled, { passive: true, capture: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
