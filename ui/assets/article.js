"use strict";
// Bring the cited words into view, and give them the focus, so that a screen reader starts there.
const cited = document.getElementById("cite");
if (cited) {
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
}
// Other coverage is looked for once the article can be read.
const related = document.querySelector(".related");
if (related && location.protocol.startsWith("http")) {
  fetch(`/article/${related.dataset.article}/related`)
    .then((reply) => (reply.ok ? reply.text() : ""))
    .then((html) => {
      related.innerHTML = html; // the server has escaped every title
    })
    .catch(() => {});
}
