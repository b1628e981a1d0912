// Pictures open large, grids are filtered, tables are sorted and searched; what is chosen stands in the address. Pages and the lab share this script,
// and without it they show all of what they hold.
const made = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const asked = key => new URLSearchParams(location.search).get(key) ?? '';
function keep(key, value) {
  const state = new URLSearchParams(location.search);
  if (value) state.set(key, value); else state.delete(key);
  // A page in a box without an address of its own keeps nothing.
  const query = state.size ? `?${state}` : '';
  try { history.replaceState(null, '', `${location.pathname}${query}${location.hash}`); } catch { /* nothing is lost but the link */ }
}
const plain = element => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';

// A picture opens with all that is shown of the same image: in a table of pictures that is its column.
const viewer = made('dialog', { class: 'viewer', 'aria-labelledby': 'viewer-title' });
let open = null;
const pictures = 'td > .tile img, .tiles > .tile img, img.sheet, img.picture, .looks img, img[data-open]';
const groupOf = picture => picture.closest('.pictures tr, .tiles, .neurons, #answers') ?? picture.closest('section') ?? document.body;
function views(picture) {
  const tile = picture.closest('.tile'), cell = tile?.closest('.pictures td');
  if (!cell) return [[picture, tile ? plain(tile) : '']];
  const at = cell.cellIndex;
  return [...cell.closest('table').rows].filter(row => row.cells[at]?.querySelector('img'))
    .map(row => [row.cells[at].querySelector('img'), `${plain(row.cells[0])}: ${plain(row.cells[at])}`.replace(/: $/, '')]);
}
function facts(picture) {
  const tile = picture.closest('.tile');
  const known = ['class', 'file', 'groups'].map(name => [name, tile?.dataset[name]]).filter(([, value]) => value);
  return known.flatMap(([name, value]) => [made('dt', {}, name), made('dd', {}, value)]);
}
function show(picture) {
  open = picture;
  const button = (text, act) => { const one = made('button', { type: 'button' }, text); one.addEventListener('click', act); return one; };
  const whole = picture.matches('.sheet, .picture');
  viewer.replaceChildren(
    made('h2', { id: 'viewer-title' }, picture.alt),
    made('div', { class: 'views' }, ...views(picture).map(([image, text]) =>
      made('figure', whole ? { class: 'whole' } : {}, made('img', { src: image.src, alt: image.alt }), made('figcaption', {}, text)))),
    made('dl', {}, ...facts(picture)),
    made('p', {}, button('Previous', () => move(-1)), button('Next', () => move(1)), button('Close', () => viewer.close())));
  if (!viewer.open) viewer.showModal();
}
const seen = picture => picture.offsetParent !== null;
function move(step) {
  const all = [...groupOf(open).querySelectorAll(pictures)].filter(seen);
  show(all[(all.indexOf(open) + step + all.length) % all.length]);
}
viewer.addEventListener('keydown', event => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) { event.preventDefault(); move(step); }
});
viewer.addEventListener('click', event => { if (event.target === viewer) viewer.close(); });
viewer.addEventListener('close', () => open?.focus());
const all = [...document.querySelectorAll(pictures)].filter(picture => !picture.closest('a') && !picture.matches('[data-open]'));
document.body.append(viewer);
// Pictures that come later, as the lab's do, say themselves that they can be opened.
const later = event => [event.target.closest?.('img[data-open]')].filter(Boolean);
document.addEventListener('click', event => later(event).forEach(show));
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  for (const picture of later(event)) { event.preventDefault(); show(picture); }
});
// One stop for each row of pictures; arrows go on from there.
for (const group of new Set(all.map(groupOf))) {
  const inside = [...group.querySelectorAll(pictures)].filter(picture => groupOf(picture) === group && all.includes(picture));
  inside.forEach((picture, at) => {
    picture.setAttribute('role', 'button');
    picture.tabIndex = at === 0 ? 0 : -1;
    picture.addEventListener('click', () => show(picture));
    picture.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); show(picture); }
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const there = step && inside[at + step];
      if (!there) return;
      event.preventDefault();
      [picture.tabIndex, there.tabIndex] = [-1, 0];
      there.focus();
    });
  });
}

// Grids: all, right, wrong, changed; a class; a group.
const named = (text, choices, chosen) => {
  const select = made('select', {}, ...choices.map(([value, name]) => made('option', value === chosen ? { value, selected: '' } : { value }, name)));
  return [made('label', {}, `${text} `, select), select];
};
function grid(key, items) {
  const known = items.map(item => ({ ...item, facts: item.tiles.map(tile => tile.dataset) }));
  const values = name => [...new Set(known.flatMap(item => item.facts.map(fact => fact[name])).filter(Boolean))].sort();
  const answered = known.some(item => item.tiles.some(tile => tile.dataset.answer));
  const changes = item => new Set(item.facts.map(fact => fact.answer).filter(Boolean)).size > 1;
  const kinds = [['', 'all'], ['right', 'right'], ['wrong', 'wrong'], ...(known.some(changes) ? [['changed', 'changed']] : [])];
  const fits = {
    answers: (item, value) => value === 'changed' ? changes(item) : item.tiles.some(tile => tile.matches('.wrong')) === (value === 'wrong'),
    class: (item, value) => item.facts.some(fact => fact.class === value),
    groups: (item, value) => item.facts.some(fact => fact.groups === value),
  };
  const offered = [...(answered ? [['answers', kinds]] : []),
    ...['class', 'groups'].filter(name => values(name).length > 1).map(name => [name, [['', 'all'], ...values(name).map(value => [value, value])]])];
  if (!offered.length || items.length < 6) return null;
  const count = made('output');
  const selects = offered.map(([name, choices]) => [name, ...named(name, choices, asked(`${key}.${name}`))]);
  const filter = () => {
    let shown = 0;
    for (const item of known) {
      const kept = selects.every(([name, , select]) => !select.value || fits[name](item, select.value));
      shown += kept;
      for (const part of item.parts) part.hidden = !kept;
    }
    count.textContent = `${shown} of ${items.length}`;
  };
  for (const [name, , select] of selects) select.addEventListener('change', () => { keep(`${key}.${name}`, select.value); filter(); });
  filter();
  return made('div', { class: 'seek' }, ...selects.map(([, label]) => label), count);
}
for (const table of document.querySelectorAll('.pictures')) {
  const figure = table.closest('[data-figure]'), rows = [...table.rows];
  const columns = Math.max(...rows.map(row => row.cells.length)) - 1;
  const items = Array.from({ length: columns }, (_, at) => {
    const parts = rows.map(row => row.cells[at + 1]).filter(Boolean);
    return { parts, tiles: parts.map(part => part.querySelector('.tile')).filter(Boolean) };
  });
  const form = grid(figure?.dataset.figure ?? 'pictures', items);
  if (form) table.closest('.scroll').before(form);
}
document.querySelectorAll('.tiles').forEach((box, at) => {
  const tiles = [...box.querySelectorAll(':scope > .tile')];
  const form = grid(`tiles${at + 1}`, tiles.map(tile => ({ parts: [tile], tiles: [tile] })));
  if (form && !box.closest('.first-look')) box.before(form);
});

// Tables: on a phone each number says what it is; a click on a heading sorts, and long ones can be searched.
function number(text) {
  const found = text.replaceAll(',', '').match(/^[−-]?\d+(\.\d+)?/);
  return found ? Number(found[0].replace('−', '-')) : NaN;
}
function sortable(table, key) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  const rows = [...body.rows].filter(row => !row.matches('.sum')), fixed = [...body.rows].filter(row => row.matches('.sum'));
  const sort = (at, down) => {
    const value = row => plain(row.cells[at]);
    const numeric = rows.some(row => !Number.isNaN(number(value(row))));
    const words = (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
    const order = (a, b) => numeric ? (number(value(a)) || 0) - (number(value(b)) || 0) : words(a, b);
    body.append(...rows.toSorted((a, b) => down ? -order(a, b) : order(a, b)), ...fixed);
    for (const head of heads) head.removeAttribute('aria-sort');
    heads[at].setAttribute('aria-sort', down ? 'descending' : 'ascending');
  };
  heads.forEach((head, at) => {
    if (!plain(head)) return;
    const button = made('button', { type: 'button' }, ...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      sort(at, down);
      keep(`${key}.sort`, `${at}${down ? '-' : ''}`);
    });
  });
  const kept = asked(`${key}.sort`).match(/^(\d+)(-?)$/);
  if (kept && heads[kept[1]]) sort(Number(kept[1]), kept[2] === '-');
  if (rows.length < 10) return;
  const input = made('input', { type: 'search', value: asked(`${key}.find`) }), count = made('output');
  const find = () => {
    const wanted = input.value.toLowerCase().trim(), fitting = rows.filter(row => plain(row).toLowerCase().includes(wanted));
    for (const row of rows) row.hidden = !fitting.includes(row);
    count.textContent = wanted ? `${fitting.length} of ${rows.length}` : '';
  };
  input.addEventListener('input', () => { keep(`${key}.find`, input.value); find(); });
  table.closest('.scroll').before(made('div', { class: 'seek' }, made('label', {}, 'Search ', input), count));
  find();
}
document.querySelectorAll('.scroll table:not(.pictures, .hues)').forEach((table, at) => {
  const heads = table.tHead ? [...table.tHead.rows[0].cells].map(plain) : [];
  if (table.querySelector('[scope=rowgroup]')) return;
  table.classList.add('stacked');
  // Blocks are no table to a screen reader unless they say so.
  table.setAttribute('role', 'table');
  for (const part of table.querySelectorAll('thead, tbody')) part.setAttribute('role', 'rowgroup');
  for (const row of table.rows) {
    row.setAttribute('role', 'row');
    [...row.cells].forEach((cell, column) => {
      cell.setAttribute('role', cell.tagName === 'TD' ? 'cell' : cell.scope === 'col' ? 'columnheader' : 'rowheader');
      if (cell.tagName === 'TD' && heads[column]) cell.dataset.label = heads[column];
    });
  }
  if (heads.length && table.tBodies[0]?.rows.length > 2 && !table.matches('.fixed')) sortable(table, `table${at + 1}`);
});

// What is wider than its place says so.
for (const box of document.querySelectorAll('.scroll')) {
  const hint = made('span', { class: 'scroll-hint', 'aria-hidden': 'true' }, 'scroll sideways for more →');
  new ResizeObserver(() => {
    const more = box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0;
    box.classList.toggle('more', more);
    if (more && !hint.isConnected) box.before(hint); else if (!more) hint.remove();
  }).observe(box);
}

// Commands are there to be copied.
for (const box of document.querySelectorAll('.commands')) {
  const button = made('button', { type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    const text = box.querySelector('pre');
    try { await navigator.clipboard.writeText(text.textContent); } catch { getSelection().selectAllChildren(text); }
    button.textContent = 'Copied';
  });
  box.append(button);
}

// On paper nothing can be unfolded.
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details:not([open])')];
  for (const details of unfolded) details.open = true;
});
addEventListener('afterprint', () => { for (const details of unfolded) details.open = false; });
