"use strict";
// Bring the cited words into view, and give them the focus, so that a screen reader starts there.
const cited = document.getElementById("cite");
if (cited) {
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
}
