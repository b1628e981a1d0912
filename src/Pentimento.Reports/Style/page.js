// Plots show their numbers where they are pointed at, touched, or walked through with the arrow keys.
// Without this script a mouse still finds each mark's title.
const tip = document.body.appendChild(document.createElement('div'));
tip.className = 'tip';
tip.setAttribute('role', 'status');
let shown = null;
function show(mark) {
  shown?.classList.remove('shown');
  shown = mark;
  tip.textContent = mark?.text ?? '';
  if (!mark) return;
  mark.classList.add('shown');
  const place = mark.getBoundingClientRect();
  const most = document.documentElement.clientWidth - tip.offsetWidth - 4;
  tip.style.left = `${Math.max(4, Math.min(place.left + place.width / 2 - tip.offsetWidth / 2, most))}px`;
  tip.style.top = `${place.top > tip.offsetHeight + 8 ? place.top - tip.offsetHeight - 4 : place.bottom + 4}px`;
}
for (const plot of document.querySelectorAll('svg')) {
  const marks = [...plot.querySelectorAll('.marks circle')];
  if (!marks.length) continue;
  plot.tabIndex = 0;
  for (const mark of marks) {
    mark.text = mark.textContent;
    mark.replaceChildren();
  }
  const near = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
    const away = mark => Math.hypot(mark.cx.baseVal.value - point.x, mark.cy.baseVal.value - point.y);
    const nearest = marks.reduce((best, mark) => away(mark) < away(best) ? mark : best);
    show(away(nearest) < 60 ? nearest : null);
  };
  plot.addEventListener('pointermove', near);
  plot.addEventListener('pointerdown', near);
  // A finger that is lifted leaves too, but its owner still reads.
  plot.addEventListener('pointerleave', event => event.pointerType === 'mouse' && show(null));
  plot.addEventListener('blur', () => show(null));
  plot.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') show(null);
    if (!step) return;
    event.preventDefault();
    const at = marks.indexOf(shown);
    show(marks[at < 0 ? 0 : (at + step + marks.length) % marks.length]);
  });
}
addEventListener('scroll', () => show(null), { passive: true });
// On a phone the contents wait behind their heading.
const narrow = matchMedia('(max-width: 40rem)').matches;
for (const contents of document.querySelectorAll('.contents details')) {
  contents.open = !narrow;
  contents.addEventListener('click', event => { if (narrow && event.target.closest('a')) contents.open = false; });
}

// A picture is held by its page once: its link takes it from where it is shown.
for (const link of document.querySelectorAll("a[data-picture]")) link.href = document.getElementById(link.dataset.picture).src;
