"use strict";
// The library's table: filled from the server, searched, sorted; removals that can be undone.
(() => {
  const { byline } = window;
  let typing;

  byline.shelve = async () => {
    const table = document.querySelector(".by-shelf-table");
    if (!table) return;
    const query = new URLSearchParams({
      q: document.querySelector(".by-seek").value,
      sort: document.querySelector(".by-sort").value,
    });
    const reply = await byline.fetch(`/library/articles?${query}`);
    if (reply.ok) table.innerHTML = await reply.text(); // the server has escaped every word
    state(false);
    freshen();
  };

  // What else on the page depends on what the library holds: filters, invitation, number of articles.
  async function freshen() {
    const part = async (address, place) => {
      const reply = await byline.fetch(address);
      if (reply.ok && place) place.innerHTML = await reply.text();
    };
    await part("/library/filters", document.querySelector(".by-choices"));
    byline.fill();
    await part("/library/invitation", document.querySelector("#by-invitation .prose, #by-invitation .html-container > *"));
    const health = await byline.fetch("/health");
    if (!health.ok) return;
    const { articles } = await health.json();
    const count = document.querySelector(".by-count");
    if (count) count.textContent = `${articles.toLocaleString("en")} article${articles === 1 ? "" : "s"}`;
  }

  // A row's collections, in a field of their own until they are kept.
  function collect(button) {
    const row = button.closest("tr");
    if (row.querySelector(".by-collect")) return;
    const form = document.createElement("form");
    form.className = "by-collect";
    form.innerHTML = '<input name="names"><button type="submit" class="by-send">Keep</button>';
    const field = form.elements.names;
    field.value = button.dataset.names;
    field.setAttribute("aria-label", "Collections, with commas between them");
    field.placeholder = "Collections, with commas between them";
    row.cells[0].append(form);
    field.focus();
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      form.remove();
      button.focus();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const names = field.value.split(",").map((name) => name.trim()).filter(Boolean);
      try {
        await byline.send("PUT", `${addressOf(row)}/collections`, { names });
        await byline.shelve();
        document.querySelector(`.by-table tr[data-id="${CSS.escape(row.dataset.id)}"] [data-act="collect"]`)?.focus();
      } catch (error) {
        byline.say(String(error.message || error));
      }
    });
  }

  const addressOf = (row) => `/library/articles/${encodeURIComponent(row.dataset.id)}`;

  async function state(check) {
    const place = document.querySelector(".by-state");
    const reply = await byline.fetch(`/library/health?check=${check}`);
    if (reply.ok) place.innerHTML = await reply.text();
  }

  Object.assign(byline.acts, {
    check: () => state(true),
    collect,
    async remove(button) {
      const { title } = button.dataset;
      const address = addressOf(button.closest("tr"));
      await byline.send("DELETE", address);
      await byline.shelve();
      byline.say(`Removed “${title}”.`, async () => {
        await byline.send("POST", `${address}/keep`);
        await byline.shelve();
        byline.say(`“${title}” stays in the library.`);
      });
    },
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".by-seek")) return;
    clearTimeout(typing);
    typing = setTimeout(byline.shelve, 200);
  });
  document.addEventListener("change", (event) => event.target.matches(".by-sort") && byline.shelve());
  // The tab is built when it is first opened.
  let there = null;
  new MutationObserver(() => {
    const table = document.querySelector(".by-shelf-table");
    if (table !== there && table) byline.shelve();
    there = table;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
