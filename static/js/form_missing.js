// The list of what is missing, asked anew while a form is filled in. Without this its button opens it as a page.
"use strict";

const PAUSE = 800;
const missing = document.getElementById("missing");

if (missing) {
  const form = missing.closest("form");
  const list = missing.querySelector("[data-missing-list]");
  const status = missing.querySelector("[data-missing-status]");
  const button = missing.querySelector("button");
  let timer = null;
  let asked = null;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const response = await fetch(missing.dataset.address, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: asked.signal,
      });
      if (!response.ok || response.redirected) throw new Error(response.status);
      const folds = () => new Map([...list.querySelectorAll("details")].map((fold) => [fold.dataset.fold, fold]));
      const before = folds();
      list.innerHTML = await response.text();
      for (const [name, fold] of folds()) fold.open = before.get(name)?.open ?? fold.open;
      // Said aloud only where it is something else than before.
      const said = list.querySelector(".missing__count")?.textContent.trim() ?? "";
      if (status.textContent !== said) status.textContent = said;
      button.hidden = true;
    } catch (error) {
      if (error.name !== "AbortError") button.hidden = false;
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("formset:added", soon);
  document.addEventListener("formset:removed", soon);
  button.hidden = true;
  if ("ask" in missing.dataset) ask();
}

// A place that a list or a message leads to: opened where it is folded away, and ready to type into.
document.addEventListener("click", (event) => {
  const link = event.target.closest("form a[href^='#']");
  const place = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return;
  event.preventDefault();
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const input = place.matches("input, select, textarea")
    ? place
    : place.querySelector("input:not([type=hidden]), select, textarea");
  (input ?? place).focus();
  place.scrollIntoView({ block: "center" });
});
