// What a browser measures for the tests of accessibility. Each list is of findings in words: empty is good.
(() => {
  const html = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const style = (element) => getComputedStyle(element);
  const onlyHeard = (element) => element.closest(".govuk-visually-hidden, .visually-hidden, .govuk-skip-link") !== null;
  const scrolls = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll/.test(style(up).overflowX)) return true;
    }
    return false;
  };

  // What sticks out of the window and is in no region that scrolls by itself (1.4.10).
  const sideways = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const out = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && shown(element) && !scrolls(element));
    const innermost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
    return [`the page is ${document.documentElement.scrollWidth} wide`, ...innermost.slice(0, 5).map(html)];
  };

  // Text that its own box cuts off (1.4.4, 1.4.12).
  const clipped = () => [...document.body.querySelectorAll("*")].filter((element) => {
    if (element.matches("input, select, textarea, svg, svg *") || onlyHeard(element) || !shown(element)) return false;
    if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) return false;
    const { overflowX, overflowY } = style(element);
    return (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
  }).map(html);

  // Headings begin with the one h1, and none is deeper than the one before it by more than one.
  const headings = () => {
    const found = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
    const levels = found.map((heading) => Number(heading.tagName[1]));
    return found.filter((_, place) => place && levels[place] > levels[place - 1] + 1).map(html)
      .concat(levels.filter((level) => level === 1).length === 1 ? [] : [`h1: ${levels.join(" ")}`]);
  };

  // The spacing a reader may set (1.4.12), and every fold open with its words twice as long.
  const space = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
  };
  const fill = () => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const texts = document.createTreeWalker(document.querySelector("main, #content") ?? document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const isName = /^\s*[^\s\d(£−-]/.test(text.data); // a number does not grow
      if (isName && !text.parentElement.closest("script, style, svg, textarea, option, [aria-label], .govuk-visually-hidden")) {
        text.data += ` ${text.data.trim()}`;
      }
    }
  };

  // The element that has the focus: what it is called, whether it comes after the one before it, and what covers it.
  let before = null;
  const inner = (box) => [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(
    ([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) {
      before = null;
      return null;
    }
    const label = element.labels?.[0];
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const points = inner(box).filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const over = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(
      (top) => top && !element.contains(top) && !label?.contains(top) && !top.contains(element));
    const goesOn = !before?.isConnected || before === element || before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    before = element;
    return {
      name: (element.getAttribute("aria-label") || label?.innerText || element.innerText || element.value || "").trim(),
      kind: `${element.tagName.toLowerCase()}${element.type ? `[${element.type}]` : ""}.${element.className}`,
      html: html(element),
      box: { x: box.x, y: box.y, width: box.width, height: box.height },
      inOrder: Boolean(goesOn) && element.tabIndex <= 0,
      seen: points.length > over.length,
      covered: over.length > 0 ? html(over[0]) : "",
    };
  };

  window.probes = { sideways, clipped, headings, space, fill, focus };
})();
