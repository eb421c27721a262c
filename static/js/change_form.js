// What only a correction says is asked for only of a correction. Without this script all of it is there, and says so.
"use strict";

for (const form of document.querySelectorAll("[data-change-form]")) {
  const change = form.querySelector("[name=change]");
  const rows = ["wrong", "conclusion"]
    .map((name) => form.querySelector(`[name=${name}]`)?.closest(".form-row"))
    .filter(Boolean);
  if (!change || !rows.length) continue;
  const follow = () => {
    for (const row of rows) row.hidden = change.value !== "correction";
  };
  change.addEventListener("change", follow);
  follow();
}
