"use strict";
// The filters for the next question: a panel to choose from, and what is chosen as chips.
(() => {
  const { byline } = window;
  const { state } = byline;
  const MANY = { outlet: "outlets", collection: "collections" }; // filters with several values
  const LABELS = { since: "From", until: "Until", as_of: "As of", language: "Language:" };
  const long = (day) =>
    new Date(`${day}T00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  /** `chosen` without one of its filters. */
  byline.without = (chosen, key, value) => {
    const rest = { ...chosen };
    if (MANY[key]) rest[MANY[key]] = (rest[MANY[key]] || []).filter((name) => name !== value);
    else if (key === "article") delete rest.article, delete rest.article_title;
    else if (key === "question") rest.literal = true;
    else delete rest[key];
    return rest;
  };

  byline.unchoose = (key, value) => choose(byline.without(state.chosen, key, value));

  /** Let only one article answer. */
  byline.askAbout = (article, title) => {
    choose({ ...state.chosen, article, article_title: title });
    byline.box()?.focus();
  };

  function choose(chosen) {
    state.chosen = chosen;
    chips();
    fill();
  }

  function chips() {
    const list = document.querySelector(".by-chosen");
    if (!list) return;
    const { chosen } = state;
    const shown = (chosen.outlets || []).map((name) => ["outlet", name, name]);
    for (const name of chosen.collections || []) shown.push(["collection", name, `Collection: ${name}`]);
    for (const key of ["since", "until", "as_of"]) {
      if (chosen[key]) shown.push([key, chosen[key], `${LABELS[key]} ${long(chosen[key])}`]);
    }
    if (chosen.language) shown.push(["language", chosen.language, `${LABELS.language} ${chosen.language}`]);
    if (chosen.article) shown.push(["article", chosen.article, `Only: ${chosen.article_title || "one article"}`]);
    list.replaceChildren(...shown.map((chip) => chipOf(...chip)));
  }

  function chipOf(key, value, label) {
    const item = document.createElement("li");
    item.className = "by-chip";
    const words = document.createElement("span");
    words.dir = "auto";
    words.textContent = label;
    const button = document.createElement("button");
    button.type = "button";
    Object.assign(button.dataset, { act: "unfilter", key, value });
    button.setAttribute("aria-label", `Remove filter ${label}`);
    button.textContent = "×";
    item.append(words, button);
    return item;
  }

  // The panel shows what is chosen, whoever chose it.
  byline.fill = fill;
  function fill() {
    const form = document.querySelector(".by-choices");
    if (!form) return;
    const { chosen } = state;
    form.querySelectorAll('[type="checkbox"]').forEach((box) => {
      box.checked = (chosen[MANY[box.name]] || []).includes(box.value);
    });
    for (const name of ["since", "until", "as_of", "language"]) {
      if (form.elements[name]) form.elements[name].value = chosen[name] || "";
    }
  }

  function changed(event) {
    const form = event.target.closest(".by-choices");
    if (!form) return;
    const chosen = { ...state.chosen };
    for (const [name, key] of Object.entries(MANY)) {
      chosen[key] = [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);
    }
    for (const name of ["since", "until", "as_of", "language"]) {
      const value = form.elements[name]?.value;
      if (value) chosen[name] = value;
      else delete chosen[name];
    }
    state.chosen = chosen;
    chips();
  }

  /** Put question `number` into the box, to be asked again in its place; 0 ends that. */
  byline.edit = (number, question = "") => {
    state.turn = number;
    const note = document.querySelector(".by-editing");
    const box = byline.box();
    if (!note || !box) return;
    note.hidden = !number;
    note.textContent = number ? `Editing question ${number}. Its answer will be replaced; Escape keeps it.` : "";
    if (!number) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };

  document.addEventListener("change", changed);
  document.addEventListener("submit", (event) => event.target.closest(".by-choices") && event.preventDefault());
  document.addEventListener("click", (event) => {
    const panel = document.querySelector(".by-panel[open]");
    if (panel && !panel.contains(event.target)) panel.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const panel = document.querySelector(".by-panel[open]");
    if (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    } else if (state.turn) byline.edit(0);
  });
})();
