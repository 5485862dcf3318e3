"use strict";
// The list of conversations: filled from the server, searched, renamed, deleted.
(() => {
  const { byline } = window;
  const { state } = byline;
  let typing;

  byline.refresh = async () => {
    const list = document.querySelector(".by-list");
    if (!list) return;
    const query = document.querySelector(".by-find").value;
    const reply = await byline.fetch(`/conversations?q=${encodeURIComponent(query)}`);
    if (!reply.ok) return;
    list.innerHTML = await reply.text(); // the server has escaped every title
    list.querySelector(`[data-id="${CSS.escape(state.conversation)}"]`)?.setAttribute("aria-current", "true");
  };

  const acts = {
    rail: (button) => toggle(button.getAttribute("aria-expanded") !== "true"),
    skip: () => {
      document.querySelector('#by-tabs button[role="tab"]')?.click();
      byline.box()?.focus();
    },
    new: () => byline.open(""),
    rename: (button) => rename(button.closest("li")),
    async delete(button) {
      if (button.dataset.sure !== "yes") {
        button.dataset.sure = "yes";
        button.textContent = "Delete for good?";
        return;
      }
      const { id } = button.closest("li").dataset;
      await byline.send("DELETE", `/conversations/${id}`);
      if (id === state.conversation) byline.open("");
      await byline.refresh();
      document.querySelector(".by-find")?.focus();
      byline.say("The conversation is deleted.");
    },
  };

  function rename(item) {
    const link = item.querySelector(".by-kept");
    const box = document.createElement("input");
    box.className = "by-rename";
    box.value = link.textContent;
    box.setAttribute("aria-label", "New title");
    item.querySelector("details").open = false;
    link.replaceWith(box);
    box.focus();
    box.select();
    const done = async (keep) => {
      box.onblur = null;
      if (keep && box.value.trim()) {
        await byline.send("PATCH", `/conversations/${item.dataset.id}`, { title: box.value });
      }
      await byline.refresh();
    };
    const leave = async (keep) => {
      await done(keep);
      document.querySelector(`.by-list [data-id="${CSS.escape(item.dataset.id)}"] .by-kept`)?.focus();
    };
    box.onblur = () => done(true);
    box.onkeydown = (event) => {
      if (event.key === "Enter") leave(true);
      if (event.key === "Escape") leave(false);
      event.stopPropagation();
    };
  }

  function toggle(open) {
    document.body.classList.toggle("by-railed", open);
    document.querySelector(".by-menu")?.setAttribute("aria-expanded", String(open));
    if (open) document.querySelector(".by-find")?.focus();
  }

  function click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const kept = event.target.closest(".by-kept");
    if (kept) {
      event.preventDefault();
      toggle(false);
      byline.open(kept.closest("li").dataset.id);
      return;
    }
    const act = event.target.closest("[data-act]");
    if (act && acts[act.dataset.act]) {
      event.preventDefault();
      Promise.resolve(acts[act.dataset.act](act)).catch((error) => byline.say(String(error.message || error)));
      if (act.dataset.act === "new") toggle(false);
      return;
    }
    document.querySelectorAll(".by-more[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (document.body.classList.contains("by-railed") && !event.target.closest(".by-rail")) toggle(false);
  }

  document.addEventListener("click", click);
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".by-find")) return;
    clearTimeout(typing);
    typing = setTimeout(byline.refresh, 200);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".by-more[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "Escape" && document.body.classList.contains("by-railed")) {
      toggle(false);
      document.querySelector(".by-menu")?.focus();
    }
  });
})();
