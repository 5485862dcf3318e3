"use strict";
// What the page's scripts share: `window.byline`, its state, and small helpers.
window.byline = {
  state: { conversation: new URLSearchParams(location.search).get("c") || "", chosen: {}, turn: 0 },
  act: () => {}, // raises a gradio event; set once gradio has built the page

  /** What an event tells the server beside the question. */
  about(extra) {
    const { conversation, chosen, turn } = window.byline.state;
    return JSON.stringify({ conversation, chosen, turn, ...extra });
  },
  here: () => [window.byline.about()],

  /** `fetch`; a server that is gone is a 503, and where the session has ended, the page goes to the login. */
  async fetch(address, options) {
    const gone = () => new Response(null, { status: 503, statusText: "The server does not answer." });
    const reply = await fetch(address, options).catch(gone);
    if (reply.status === 401) location.assign("/login");
    return reply;
  },

  async send(method, address, body) {
    const reply = await window.byline.fetch(address, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!reply.ok) throw new Error((await reply.json().catch(() => ({}))).error || reply.statusText);
    return reply;
  },

  /** Says something for a few seconds, also to a screen reader; `undo` adds a button. */
  say(words, undo) {
    let toast = document.querySelector(".by-toast");
    if (!toast) {
      toast = document.createElement("div");
      toast.className = "by-toast";
      toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    toast.replaceChildren(words);
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Undo";
      button.addEventListener("click", () => {
        toast.classList.remove("by-shown");
        undo();
      });
      toast.append(button);
    }
    toast.classList.add("by-shown");
    // What was pressed may have gone with what it removed.
    if (undo) toast.querySelector("button").focus();
    clearTimeout(window.byline.hush);
    window.byline.hush = setTimeout(() => toast.classList.remove("by-shown"), undo ? 10000 : 3500);
  },

  async copy(text, said) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https, and not on this machine, the clipboard is out of reach but for this.
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    window.byline.say(said);
  },

  box: () => document.querySelector("#by-ask textarea"),
};
