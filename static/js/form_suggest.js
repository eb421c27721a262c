// Names suggested while a field is typed into, in the browser's own list of suggestions.
"use strict";

const WAIT = 200;

function suggestions(input) {
  let list = document.getElementById(`${input.id}_suggestions`);
  if (!list) {
    list = document.createElement("datalist");
    list.id = `${input.id}_suggestions`;
    input.after(list);
    input.setAttribute("list", list.id);
  }
  return list;
}

async function fill(input) {
  const response = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`);
  if (!response.ok || response.redirected) return;
  const { found } = await response.json();
  suggestions(input).replaceChildren(...found.map((name) => new Option(name, name)));
}

let waiting = null;
document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.dataset?.suggest) return;
  clearTimeout(waiting);
  // What cannot be asked is typed in full; the form's own check says what is wrong with it.
  waiting = setTimeout(() => fill(input).catch(() => {}), WAIT);
});
