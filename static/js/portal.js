// What the pages cannot do by markup alone; all of them work without it.
"use strict";

// Folds that a wide screen has no use for (the menu, the filters): open there, folded on a phone.
for (const fold of document.querySelectorAll("details[data-open-from]")) {
  const wide = window.matchMedia(`(min-width: ${fold.dataset.openFrom})`);
  const follow = () => { fold.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

// After the list was updated in place: say the new count, and go to it when the button asked for it.
let asked = false;
document.addEventListener("submit", () => { asked = true; }, true);
document.addEventListener("htmx:afterSettle", () => {
  const count = document.getElementById("count");
  const announcement = document.getElementById("announcement");
  if (!count || !announcement) return;
  announcement.textContent = count.textContent;
  if (asked) {
    count.focus();
    count.scrollIntoView();
  }
  asked = false;
});

// The words of a list are looked for when they are sent, not also when their box is left: that would ask twice.
document.getElementById("words")?.addEventListener("change", (event) => event.stopPropagation());
