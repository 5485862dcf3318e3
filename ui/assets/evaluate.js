"use strict";
// The evaluation: draws what the server says, and sends what a person decides.
(() => {
  // The tab is built when it is first opened.
  let there = null;
  new MutationObserver(() => {
    const root = document.getElementById("ev");
    if (root !== there && root) begin();
    there = root;
  }).observe(document.documentElement, { childList: true, subtree: true });

  function begin() {
    const KINDS = ["fact", "date", "list", "comparison", "summary", "yes_no", "unanswerable", "false_premise", "follow_up"];
    const ORIGINS = { right: "said to be right", wrong: "said to be wrong", draft: "draft" };
    const WAYS = { gap: "gaps to fill", llm: "questions by the language model" };
    const $ = (selector, inside = document) => inside.querySelector(selector);
    const runForm = $("#ev-run"), compareForm = $("#ev-compare"), proposeForm = $("#ev-propose");
    let timer, drawn = "", chosen = false;

    function make(tag, fields = {}, ...children) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(fields)) {
        if (name in made && name !== "list") made[name] = value;
        else made.setAttribute(name, value);
      }
      made.append(...children.filter((child) => child !== null));
      return made;
    }

    async function ask(path, body) {
      const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
      const reply = await fetch(path, options);
      if (reply.ok) return reply.headers.get("Content-Type").includes("json") ? reply.json() : reply.text();
      let told = `the server said ${reply.status}`;
      try { told = (await reply.json()).error; } catch { /* not JSON: the status is all there is */ }
      throw new Error(told);
    }

    // Runs `action`, and shows its failure above everything.
    async function tried(action) {
      const box = $("#ev-problem");
      box.hidden = true;
      try { await action(); } catch (error) {
        box.textContent = error.message;
        box.hidden = false;
        box.scrollIntoView({ block: "nearest" });
      }
    }

    const percent = (value) => (value === null || value === undefined ? "–" : `${(100 * value).toFixed(0)}%`);
    const day = (iso) => iso.slice(0, 16).replace("T", " ");
    const seconds = (value) => (value < 90 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`);

    function drawGold(sets, accepted) {
      const select = runForm.gold, before = select.value;
      select.replaceChildren(...sets.map((set) => make("option", { value: set.path, textContent: `${set.name} (${set.cases})`, title: set.path })));
      if (sets.some((set) => set.path === before)) select.value = before;
      $("#ev-no-gold").hidden = sets.length > 0;
      $("button", runForm).disabled = sets.length === 0;
      const told = $("#ev-accepted");
      told.replaceChildren();
      if (!accepted.cases) return;
      const count = accepted.cases === 1 ? "1 case" : `${accepted.cases} cases`;
      told.append("Accepted so far: ", make("a", { href: "/evaluate/gold", textContent: count, title: accepted.path }), ".");
    }

    function drawProgress(progress) {
      const box = $("#ev-progress");
      box.hidden = !progress;
      if (!progress) return false;
      const running = ["running", "stopping"].includes(progress.state);
      const states = { running: "", stopping: "stopping after this question", stopped: "stopped; run it again to go on", failed: progress.problem, finished: "finished" };
      const parts = [`${progress.done} of ${progress.total} asked, ${progress.right} right`];
      if (progress.failed) parts.push(`${progress.failed} crashed`);
      if (running && progress.left !== null) parts.push(`${seconds(progress.left)} left`);
      if (states[progress.state]) parts.push(states[progress.state]);
      $("b", box).textContent = progress.name;
      $("span", box).textContent = parts.join(" · ");
      const bar = $("progress", box);
      bar.max = progress.total || 1;
      bar.value = progress.done;
      bar.setAttribute("aria-label", `Questions asked in ${progress.name}`);
      $("#ev-stop").hidden = progress.state !== "running";
      box.dataset.state = progress.state;
      return running;
    }

    const cell = (label, text) => make("td", { textContent: text, "data-label": label });

    function runRow(run, asked) {
      const pick = (name) => make("td", { className: "pick", "data-label": name.toUpperCase() }, make("input", { type: "radio", name, value: run.id, "aria-label": `${run.name} as ${name.toUpperCase()}`, disabled: !run.finished }));
      const about = `${run.gold.split("/").pop()} · settings ${run.settings_hash} · commit ${(run.commit || "none").slice(0, 10)}`;
      const title = make("td", { className: "name" }, make("b", { textContent: run.name }), make("small", { textContent: about }));
      if (!run.finished) {
        return make("tr", {}, pick("a"), pick("b"), title, cell("When", day(run.date)), make("td", { colSpan: 6, className: "hint", textContent: run.name === asked ? "being asked" : "not finished: run it again under this name" }));
      }
      if (run.failed) title.append(make("small", { className: "loss", textContent: `${run.failed} crashed` }));
      const report = make("a", { href: `/evaluate/report?name=${encodeURIComponent(run.id)}`, textContent: "Report", target: "_blank" });
      report.setAttribute("aria-label", `Report of ${run.name}`);
      return make("tr", {}, pick("a"), pick("b"), title, cell("When", day(run.date)), cell("Right", percent(run.right)), cell("Found", percent(run.ndcg_at_10)), cell("Cited", percent(run.citation_hits_gold)), cell("Answered", percent(run.answered_when_answerable)), cell("Time", run.latency_p50_ms === null ? "–" : `${Math.round(run.latency_p50_ms)} ms`), make("td", {}, report));
    }

    function drawRuns(runs, asked) {
      const now = JSON.stringify([runs, asked]);
      if (now === drawn) return;
      drawn = now;
      const kept = chosen ? ["a", "b"].map(picked) : [];
      $("tbody", compareForm).replaceChildren(...runs.map((run) => runRow(run, asked)));
      $("#ev-no-runs").hidden = runs.length > 0;
      compareForm.hidden = runs.length === 0;
      const done = runs.filter((run) => run.finished).map((run) => run.id);
      // Unless somebody chose, the last run against the one before it.
      const wanted = [kept[0] || done[1] || done[0], kept[1] || done[0]];
      ["a", "b"].forEach((name, n) => {
        const radio = [...compareForm.querySelectorAll(`[name=${name}]`)].find((r) => r.value === wanted[n]);
        if (radio) radio.checked = true;
      });
      $("button", compareForm).disabled = done.length < 2;
      offerReport();
    }

    function picked(name) {
      return compareForm.querySelector(`[name=${name}]:checked`)?.value || "";
    }

    function offerReport() {
      const link = $("#ev-diff-report"), a = picked("a"), b = picked("b");
      link.hidden = !a || !b || a === b;
      link.href = `/evaluate/report?name=${encodeURIComponent(b)}&baseline=${encodeURIComponent(a)}`;
      link.target = "_blank";
    }

    const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

    function field(label, name, value, rows) {
      const input = rows ? make("textarea", { name, value, rows }) : make("input", { name, value, autocomplete: "off" });
      return make("label", {}, label, input);
    }

    function candidateForm(candidate) {
      const known = candidate.case;
      const kind = make("select", { name: "kind" }, ...KINDS.map((value) => make("option", { value, textContent: value.replace("_", " ") })));
      kind.value = known.kind;
      const article = field("Article (URL or file name)", "article", known.article || "");
      const quotes = field("Quotes that carry the answer, one a line", "quotes", (known.quotes || []).join("\n"), 3);
      const problems = make("p", { className: "problem", role: "alert", hidden: true });
      const finds = make("div", { className: "finds" });
      const look = make("button", { type: "button", className: "plain", textContent: "Look for passages" });
      const form = make("form", { className: "edit" },
        field("Question", "question", known.question), make("label", {}, "Kind", kind),
        field("Answers, one a line", "answers", (known.answers || []).join("\n"), 2), article, quotes, look, finds,
        field("Notes", "notes", known.notes || ""), problems,
        make("div", { className: "decide" }, make("button", { textContent: "Accept" }), make("button", { type: "button", className: "plain", textContent: "Reject" })));
      look.addEventListener("click", () => tried(() => suggest(form, finds)));
      $(".decide .plain", form).addEventListener("click", () => tried(async () => { await ask("/evaluate/reject", { id: candidate.case.id }); await refresh(); }));
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const entered = { ...known, question: form.question.value.trim(), kind: form.kind.value, answers: lines(form.answers.value), article: form.article.value.trim() || null, quotes: lines(form.quotes.value), notes: form.notes.value.trim() };
        problems.hidden = true;
        try {
          await ask("/evaluate/accept", { id: candidate.case.id, case: entered });
          await refresh();
        } catch (error) {
          problems.textContent = error.message;
          problems.hidden = false;
        }
      });
      return form;
    }

    // The best passages for the question; one click takes the words marked in it, or all of them.
    async function suggest(form, finds) {
      const found = await ask(`/api/search?k=5&q=${encodeURIComponent(form.question.value)}`);
      finds.replaceChildren(...found.map((hit) => {
        const words = make("blockquote", { textContent: hit.text });
        const take = make("button", { type: "button", className: "plain", textContent: "Take the words selected in it" });
        take.addEventListener("click", () => {
          const marked = document.getSelection();
          const inside = marked.rangeCount && words.contains(marked.anchorNode) && words.contains(marked.focusNode);
          const quote = inside && String(marked).trim();
          if (!quote) return;
          form.article.value = hit.url || hit.article_id;
          form.quotes.value = [...lines(form.quotes.value), ...lines(quote)].join("\n");
        });
        return make("div", {}, make("p", { className: "hint", textContent: [hit.title, hit.source, hit.published].filter(Boolean).join(" · ") }), words, take);
      }));
      if (!found.length) finds.textContent = "No passage was found.";
    }

    function drawCandidates(waiting) {
      const box = $("#ev-candidates");
      const open = new Map([...box.children].map((item) => [item.dataset.id + item.dataset.added, item]));
      box.replaceChildren(...waiting.map((candidate) => {
        // What somebody is editing stays as it is.
        const kept = open.get(candidate.case.id + candidate.added);
        if (kept) return kept;
        const more = make("details", {}, make("summary", {},
          make("span", { className: `origin ${candidate.origin}`, textContent: ORIGINS[candidate.origin] || candidate.origin }),
          make("span", { className: "asked", textContent: candidate.case.question })));
        // One click where nothing is to be mended; else it opens at what is missing.
        const accept = make("button", { type: "button", className: "plain quick", textContent: "Accept", "aria-label": `Accept as it is: ${candidate.case.question}` });
        accept.addEventListener("click", () => { more.open = true; opened(); $("form", more).requestSubmit(); });
        const item = make("div", { className: "candidate" }, more, accept);
        item.dataset.id = candidate.case.id;
        item.dataset.added = candidate.added;
        const opened = () => { if (more.open && !$("form", more)) more.append(candidateForm(candidate)); };
        if (candidate.said) more.append(make("p", { className: "said" }, make("span", { className: "hint", textContent: "Byline said: " }), candidate.said));
        if (candidate.comment) more.append(make("p", { className: "said" }, make("span", { className: "hint", textContent: "The reader: " }), candidate.comment));
        more.addEventListener("toggle", opened);
        return item;
      }));
      if (!waiting.length) box.append(make("p", { className: "hint", textContent: "None is waiting." }));
    }

    function drawWays(ways) {
      const select = proposeForm.by;
      if (select.options.length) return;
      select.replaceChildren(...ways.map((value) => make("option", { value, textContent: WAYS[value] || value })));
    }

    async function refresh() {
      const state = await ask("/evaluate/state");
      drawGold(state.gold, state.accepted);
      const running = drawProgress(state.progress);
      drawRuns(state.runs, running ? state.progress.name : "");
      drawCandidates(state.waiting);
      drawWays(state.drafters);
      watch(running);
    }

    // While a run is under way, once a second; at its end the whole page anew.
    function watch(running) {
      clearTimeout(timer);
      if (!running) return;
      timer = setTimeout(() => tried(async () => {
        const still = drawProgress((await ask("/evaluate/progress")).progress);
        if (still) watch(true);
        else await refresh();
      }), 1000);
    }

    runForm.addEventListener("submit", (event) => {
      event.preventDefault();
      tried(async () => {
        const button = $("button", runForm);
        button.disabled = true;
        try {
          await ask("/evaluate/run", { gold: runForm.gold.value, name: runForm.elements.name.value.trim(), changes: runForm.changes.value.trim() });
        } finally { button.disabled = false; }
        await refresh();
      });
    });
    $("#ev-stop").addEventListener("click", () => tried(async () => { await ask("/evaluate/stop", {}); await refresh(); }));
    compareForm.addEventListener("change", () => { chosen = true; offerReport(); });
    compareForm.addEventListener("submit", (event) => {
      event.preventDefault();
      tried(async () => {
        if (picked("a") === picked("b")) throw new Error("choose two different runs to compare");
        const box = $("#ev-comparison");
        box.innerHTML = await ask(`/evaluate/compare?a=${encodeURIComponent(picked("a"))}&b=${encodeURIComponent(picked("b"))}`);
        box.scrollIntoView({ block: "start" });
      });
    });
    proposeForm.addEventListener("submit", (event) => {
      event.preventDefault();
      tried(async () => {
        const told = $("[role=status]", proposeForm);
        told.textContent = "Drafting…";
        try {
          const { proposed } = await ask("/evaluate/propose", { count: Number(proposeForm.count.value), by: proposeForm.by.value });
          told.textContent = proposed ? `${proposed} drafted` : "nothing new to draft";
        } catch (error) { told.textContent = ""; throw error; }
        await refresh();
      });
    });
    tried(refresh);
  }
})();
