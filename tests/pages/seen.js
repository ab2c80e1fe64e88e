// What a reader would see go wrong on a page: what stands out of the window, figures that break, words upon words.
(() => {
  const width = document.documentElement.clientWidth;
  const told = (element) => `${element.tagName} ${(element.textContent || "").trim().slice(0, 60)}`;
  const wrong = [];
  if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) wrong.push(`stands out: ${told(element)}`);
  }
  const figure = /[−+]?\$?\d[\d,]*(?:\.\d+)?%?/g;
  const boxes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.data.trim() || node.parentElement.closest("style, title, desc")) continue;
    const range = document.createRange();
    for (const found of node.data.matchAll(figure)) {
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const lines = new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top)));
      if (lines.size > 1) wrong.push(`on two lines: ${found[0]} of ${node.data.trim().slice(0, 60)}`);
    }
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) boxes.push([box, node.data.trim().slice(0, 40)]);
  }
  boxes.sort((one, other) => one[0].top - other[0].top);
  boxes.forEach(([one, said], at) => {
    for (let next = at + 1; next < boxes.length && boxes[next][0].top < one.bottom - 5; next++) {
      const [other, also] = boxes[next];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (across > 2) wrong.push(`upon one another: ${said} | ${also}`);
    }
  });
  return wrong;
})()
