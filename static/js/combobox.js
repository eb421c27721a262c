// Suggestions while typing: the WAI-ARIA combobox with a list box. Without this script the box is a plain search.
"use strict";

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters

class Combobox {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.options = [];
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggest";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestLabel);
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "govuk-visually-hidden";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    const roles = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // A press on an option must not take the focus, and so close the list, before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) window.location.assign(option.dataset.address);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    if (text.length < SHORTEST) {
      this.close();
      return;
    }
    const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
    let html = "";
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (answer.ok) html = await answer.text();
    } catch {
      // No connection: the box stays a plain search.
    }
    if (turn === this.asked && document.activeElement === this.input) this.show(html);
  }

  // The server's list of links, as options: of an option's children, only its text is told.
  show(html) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    this.options = [...answer.querySelectorAll("li")].map((item, place) => {
      const option = document.createElement("li");
      const link = item.querySelector("a");
      const [title, note] = [document.createElement("span"), document.createElement("span")];
      option.id = `${this.list.id}-${place}`;
      option.className = "suggest__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = link.getAttribute("href");
      title.lang = link.lang;
      title.textContent = link.textContent;
      note.className = "suggest__note";
      note.textContent = item.querySelector("span").textContent;
      option.append(title, " ", note);
      return option;
    });
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...this.options);
    this.open(this.options.length > 0);
    const { suggestSome, suggestNone } = this.input.dataset;
    this.status.textContent = this.options.length ? suggestSome.replace("%n", this.options.length) : suggestNone;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.asked++;
    this.open(false);
    this.choose(-1);
    this.status.textContent = "";
  }

  choose(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    const open = !this.list.hidden;
    const count = this.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        if (count) this.open(true);
        else this.ask();
        if (!count) return;
      }
      // Through the options and the box itself, round and round.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      window.location.assign(this.options[this.active].dataset.address);
    }
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Combobox(input);
