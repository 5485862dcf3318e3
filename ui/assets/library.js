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
    const reply = await fetch(`/library/articles?${query}`);
    if (reply.ok) table.innerHTML = await reply.text(); // the server has escaped every word
    state(false);
  };

  async function state(check) {
    const place = document.querySelector(".by-state");
    const reply = await fetch(`/library/health?check=${check}`);
    if (reply.ok) place.innerHTML = await reply.text();
  }

  Object.assign(byline.acts, {
    check: () => state(true),
    async remove(button) {
      const { id, title } = button.dataset;
      await byline.send("DELETE", `/library/articles/${encodeURIComponent(id)}`);
      await byline.shelve();
      byline.say(`Removed “${title}”.`, async () => {
        await byline.send("POST", `/library/articles/${encodeURIComponent(id)}/keep`);
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
