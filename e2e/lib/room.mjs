// What a room sees of the stage: how large its words are, and how they and its marks stand out.

/** The words of the stage that are smaller than so many pixels, as drawn; run in the page. */
export function smallWords(least) {
  const small = [];
  const walker = document.createTreeWalker(document.querySelector('.stage-under'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('.unseen, title, .sys-menu-place')) continue;
    range.selectNodeContents(node);
    const seen = range.getBoundingClientRect();
    if (seen.width < 1 || seen.height < 1) continue;
    const own = parseFloat(getComputedStyle(element).fontSize);
    const matrix = element.closest('text')?.getScreenCTM();
    const size = own * (matrix ? Math.hypot(matrix.a, matrix.b) : element.currentCSSZoom);
    // Half a tenth is lost where lengths are rounded.
    if (size < least - 0.05) small.push(`${size.toFixed(1)} px: ${node.data.trim().slice(0, 30)} (${element.closest('[class]').getAttribute('class')})`);
  }
  return [...new Set(small)];
}

/**
 * Words and marks that stand out too little, and how many were measured; run in the page. `tokens`
 * tells which custom properties are colours of words, of marks, of what is on a mark, and grounds.
 */
export function faint(tokens) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  /** Colours laid on one another, the lowest first. */
  const mixed = (colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const [colour, share] of colours) {
      pen.globalAlpha = share;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const page = document.querySelector('.stage-page');
  const probe = page.appendChild(document.createElement('i'));
  const token = (name) => {
    probe.style.color = `var(--${name})`;
    return mixed([[getComputedStyle(probe).color, 1]]);
  };
  const found = { faint: [], words: 0, marks: 0 };
  const judge = (what, one, other, least) => {
    const is = contrast(one, other);
    if (is < least) found.faint.push(`${what}: ${is.toFixed(2)} of ${least}`);
  };
  for (const ground of tokens.grounds) {
    for (const word of tokens.words) judge(`--${word} on --${ground}`, token(word), token(ground), 7);
  }
  for (const mark of tokens.marks) judge(`--${mark}`, token(mark), token('panel'), 4.5);
  for (const [mark, on] of tokens.on) judge(`--${on} on --${mark}`, token(on), token(mark), 4.5);

  const onMarks = tokens.on.map(([, on]) => String(token(on)));
  const panel = token('panel');
  probe.remove();
  /** How much of an element is seen through those around it. */
  const opacity = (element) => {
    let share = 1;
    for (let one = element; one; one = one.parentElement) share *= Number(getComputedStyle(one).opacity);
    return share;
  };
  const ground = (x, y) => {
    const layers = [[`rgb(${panel})`, 1]];
    for (const one of document.elementsFromPoint(x, y).reverse()) {
      const style = getComputedStyle(one);
      const shape = one instanceof SVGGeometryElement;
      if (shape && style.fill !== 'none' && !style.fill.startsWith('url')) layers.push([style.fill, opacity(one) * Number(style.fillOpacity)]);
      if (one instanceof HTMLElement) layers.push([style.backgroundColor, opacity(one)]);
    }
    return mixed(layers);
  };
  const walker = document.createTreeWalker(document.querySelector('.stage-under'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('.unseen, title, .sys-menu-place')) continue;
    range.selectNodeContents(node);
    const seen = range.getClientRects()[0];
    if (!seen || seen.width < 1 || seen.height < 1) continue;
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const below = ground(seen.left + seen.width / 2, seen.top + seen.height / 2);
    const word = mixed([[`rgb(${below})`, 1], [colour, opacity(element)]]);
    const least = onMarks.includes(String(mixed([[colour, 1]]))) && String(below) !== String(panel) ? 4.5 : 7;
    judge(`${node.data.trim().slice(0, 30)} (${element.closest('[class]').getAttribute('class')})`, word, below, least);
    found.words += 1;
  }
  for (const [selector, property] of tokens.drawn) {
    for (const one of document.querySelectorAll(`.stage-under ${selector}`)) {
      const colour = getComputedStyle(one)[property];
      if (colour === 'none') continue;
      judge(selector, mixed([[`rgb(${panel})`, 1], [colour, opacity(one)]]), panel, 4.5);
      found.marks += 1;
    }
  }
  found.faint = [...new Set(found.faint)];
  return found;
}
