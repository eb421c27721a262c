/* While a file is checked or imported: show how far it is without loading the page again, then load what came of it. */
const EVERY = 2000;
const box = document.getElementById("import-progress");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("import-progress");
    if (!now) return location.reload();
    if (now.innerHTML !== box.innerHTML) box.innerHTML = now.innerHTML;
  } catch {
    // The server was away for a moment: the next look asks again.
  }
  setTimeout(look, EVERY);
}

if (box) setTimeout(look, EVERY);
