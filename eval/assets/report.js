// Shows the questions that match the words, the outcome and the kind chosen above them.
const form = document.querySelector(".filter");
const rows = [...document.querySelectorAll(".row")];
const filter = () => {
  const words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const { text, tags, kind } = row.dataset;
    const fits =
      words.every((word) => text.includes(word)) &&
      (!form.mark.value || tags.split(" ").includes(form.mark.value)) &&
      (!form.kind.value || kind === form.kind.value);
    row.hidden = !fits;
    shown += fits;
  }
  form.querySelector("output").value = `${shown} of ${rows.length}`;
};
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
