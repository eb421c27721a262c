// Says that a session is about to end, some minutes before it does, and prolongs it; then, that it has ended.
// The newest word of the server counts for all tabs of this browser, and times are those of this machine's clock.
"use strict";
{
  const KEPT = "session-ends";
  const WARNED = "session-warned";
  const TICK = 10_000;
  const MINUTE = 60_000;
  const IDLE_LEAD = 10 * MINUTE;
  const WHOLE_LEAD = 30 * MINUTE;

  const box = document.getElementById("session");
  const dialogs = ["idle", "whole", "over"].map((name) => document.getElementById(`session-${name}`));
  const [asking] = dialogs;
  const tokens = () => document.querySelectorAll("[name=csrfmiddlewaretoken]");
  let ends;
  let typed = 0;
  let left = "";

  // What the server says in its clock, in seconds; kept in ours, in milliseconds.
  function hear({ idle, whole, now }) {
    const at = Date.now();
    const here = (moment) => at + (moment - now) * 1000;
    ends = {
      at, idle: here(idle), whole: here(whole),
      session: String(whole), person: box.dataset.person, token: tokens()[0].value,
    };
    keep("localStorage", KEPT, JSON.stringify(ends));
    look();
  }

  // A browser without room or leave to keep anything: each tab goes by what it heard itself.
  function keep(store, key, value) {
    try {
      window[store].setItem(key, value);
    } catch {}
  }

  function kept(store, key) {
    try {
      return window[store].getItem(key);
    } catch {
      return null;
    }
  }

  // A short idle time is warned of when half of it is over.
  function state(now) {
    if (now >= Math.min(ends.idle, ends.whole)) return "over";
    const lead = Math.min(IDLE_LEAD, (ends.idle - ends.at) / 2);
    if (ends.idle < ends.whole && ends.idle - now <= lead) return "idle";
    return ends.whole - now <= WHOLE_LEAD && kept("localStorage", WARNED) !== ends.session ? "whole" : "";
  }

  function look() {
    const now = Date.now();
    const is = state(now);
    if (is === "idle" && now - typed < IDLE_LEAD) return void stay();
    for (const dialog of dialogs) if (dialog.id !== `session-${is}`) dialog.close();
    const until = is === "idle" ? ends.idle : is === "whole" ? ends.whole : Math.min(ends.idle, ends.whole);
    const dialog = is && left !== `${is} ${until}` && document.getElementById(`session-${is}`);
    if (!dialog || dialog.open) return;
    dialog.querySelector("[data-until]").textContent = new Date(until).toLocaleTimeString(
      document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    dialog.onclose = () => {
      left = `${is} ${until}`;
      if (is === "whole") keep("localStorage", WARNED, ends.session);
    };
    dialog.showModal();
  }

  async function stay() {
    const failed = asking.querySelector("[data-failed]");
    const form = asking.querySelector("form");
    typed = 0;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
      });
      failed.hidden = answer.ok;
      if (answer.ok) hear(await answer.json());
      // Led to where one signs in: the session has ended, whatever was heard of it.
      else if (answer.type === "opaqueredirect") hear({ idle: 0, whole: 0, now: 0 });
    } catch {
      failed.hidden = false;
    }
  }

  // Where the same person has signed in again in another tab, what stands in this one can be sent after all.
  function hearOtherTabs() {
    const said = JSON.parse(kept("localStorage", KEPT));
    if (said?.at > ends.at && said.person === ends.person) {
      if (said.session !== ends.session) tokens().forEach((field) => (field.value = said.token));
      ends = said;
    }
    look();
  }

  asking.addEventListener("submit", (event) => {
    if (event.submitter?.formMethod === "dialog") return;
    event.preventDefault();
    stay();
  });
  document.addEventListener("input", () => (typed = Date.now()));
  addEventListener("storage", ({ key }) => [KEPT, WARNED].includes(key) && hearOtherTabs());
  addEventListener("pageshow", hearOtherTabs);
  document.addEventListener("visibilitychange", look);
  setInterval(look, TICK);
  hear(Object.fromEntries(["idle", "whole", "now"].map((name) => [name, Number(box.dataset[name])])));
}
