// Beside long texts in the admin's forms: how many characters there are now, and a preview in place.
"use strict";

document.querySelectorAll("[data-without-script]").forEach((way) => way.remove());

function count(area) {
  const shown = area.closest(".field")?.querySelector("[data-count]");
  if (!shown) return;
  shown.textContent = shown.dataset.now.replace("%(n)s", area.value.length);
  shown.hidden = false;
}

async function preview(button) {
  const field = button.closest(".field");
  const sent = new FormData();
  sent.append("csrfmiddlewaretoken", button.form.elements.csrfmiddlewaretoken.value);
  sent.append("_preview", "text");
  sent.append("text", field.querySelector("textarea").value);
  const response = await fetch(button.formAction, {
    method: "POST",
    body: sent,
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  if (!response.ok || response.redirected) throw new Error(response.status);
  field.querySelector(".preview__text").innerHTML = await response.text();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".preview__button");
  if (!button || "page" in button.dataset) return;
  event.preventDefault();
  preview(button).catch(() => {
    // A session that has ended, or a server that is away: the page that the button opens by itself says so.
    button.dataset.page = "";
    button.click();
    delete button.dataset.page;
  });
});

document.addEventListener("input", (event) => {
  if (event.target.dataset?.about) count(event.target);
});
document.addEventListener("formset:added", (event) => {
  event.target.querySelectorAll("[data-about]").forEach(count);
});
document.querySelectorAll("[data-about]").forEach(count);
