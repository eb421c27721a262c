// Long texts are kept in this browser while they are typed, and offered again if they were not saved.
// The server knows nothing of it: whether a save would overwrite somebody else's is its own question.
"use strict";

const DAYS = 14;
const SAVING = "texts-being-saved";
const KEPT = "text:";

const plain = (text) => text.replaceAll("\r\n", "\n").trim();

function keys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
}

function forget(which) {
  keys().filter(which).forEach((key) => localStorage.removeItem(key));
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Led to where one signs in: what was sent is not saved, and that somebody is signed in again does not mean that it is.
if (!document.getElementById("logout-form")) sessionStorage.removeItem(SAVING);

// The page after a save says so; then what was typed is stored where it belongs.
const saving = sessionStorage.getItem(SAVING);
if (saving && document.querySelector(".messagelist .success")) {
  forget((key) => key.startsWith(saving));
  sessionStorage.removeItem(SAVING);
}
forget((key) => !(kept(key)?.at > Date.now() - DAYS * 86_400_000));
document.getElementById("logout-form")?.addEventListener("submit", () => forget(() => true));

const offer = document.getElementById("autosave-offer");
const form = offer?.closest("form");

// A row of an inline is known by its number in the database: its place may change.
function keyOf(area) {
  const [, prefix, place, field] = area.name.match(/^(.+)-(\d+)-([^-]+)$/) ?? [];
  if (area.name.includes("__prefix__")) return null;
  if (prefix === undefined) return `${start}${area.name}`;
  const row = form.elements[`${prefix}-${place}-id`]?.value;
  return row ? `${start}${prefix}/${row}/${field}` : null;
}

function suggest(area, text, key) {
  const shown = offer.content.cloneNode(true).firstElementChild;
  shown.querySelector("[data-when]").textContent = new Date(text.at).toLocaleString(document.documentElement.lang);
  shown.querySelector("[data-text]").textContent = text.text;
  shown.addEventListener("click", (event) => {
    if (event.target.matches("[data-put-back]")) {
      area.value = text.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.target.matches("[data-throw-away]")) {
      localStorage.removeItem(key);
    } else {
      return;
    }
    shown.remove();
    area.focus();
  });
  area.before(shown);
}

const start = form ? `${KEPT}${offer.dataset.person}:${location.pathname}:` : "";
if (form) {
  const holdsWhatWasTyped = Boolean(document.querySelector(".errornote, .stale"));
  for (const area of form.querySelectorAll("textarea")) {
    const key = keyOf(area);
    const text = key && kept(key);
    if (!text) continue;
    if (plain(text.text) !== plain(area.value)) suggest(area, text, key);
    else if (!holdsWhatWasTyped) localStorage.removeItem(key);
  }
  form.addEventListener("input", (event) => {
    const key = event.target.matches("textarea") && keyOf(event.target);
    if (!key) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), text: event.target.value }));
    } catch {
      // A browser without room or leave to keep anything: the form works as it always does.
    }
  });
  form.addEventListener("submit", (event) => {
    if (/^_(save|continue|addanother)$/.test(event.submitter?.name)) sessionStorage.setItem(SAVING, start);
  });
}
