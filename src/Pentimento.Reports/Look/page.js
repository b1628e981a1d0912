// Plots tell their numbers to whom points at them, touches them, or walks through them with the arrow keys. Without it a mouse still finds each mark's title.
const tip = document.body.appendChild(document.createElement('div'));
tip.className = 'tip';
tip.setAttribute('role', 'status');
let told = null;
function tell(mark) {
  told?.classList.remove('told');
  told = mark;
  tip.textContent = mark?.words ?? '';
  if (!mark) return;
  mark.classList.add('told');
  const place = mark.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(place.left + place.width / 2 - tip.offsetWidth / 2, document.documentElement.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${place.top > tip.offsetHeight + 8 ? place.top - tip.offsetHeight - 4 : place.bottom + 4}px`;
}
for (const plot of document.querySelectorAll('svg')) {
  const marks = [...plot.querySelectorAll('.marks circle')];
  if (!marks.length) continue;
  plot.tabIndex = 0;
  for (const mark of marks) {
    mark.words = mark.textContent;
    mark.replaceChildren();
  }
  const near = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
    const away = mark => Math.hypot(mark.cx.baseVal.value - point.x, mark.cy.baseVal.value - point.y);
    const nearest = marks.reduce((best, mark) => away(mark) < away(best) ? mark : best);
    tell(away(nearest) < 60 ? nearest : null);
  };
  plot.addEventListener('pointermove', near);
  plot.addEventListener('pointerdown', near);
  // A finger that is lifted leaves too, but its owner still reads.
  plot.addEventListener('pointerleave', event => event.pointerType === 'mouse' && tell(null));
  plot.addEventListener('blur', () => tell(null));
  plot.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') tell(null);
    if (!step) return;
    event.preventDefault();
    const at = marks.indexOf(told);
    tell(marks[at < 0 ? 0 : (at + step + marks.length) % marks.length]);
  });
}
addEventListener('scroll', () => tell(null), { passive: true });
// On a phone the contents wait behind their heading.
const narrow = matchMedia('(max-width: 40rem)').matches;
for (const contents of document.querySelectorAll('.contents details')) {
  contents.open = !narrow;
  contents.addEventListener('click', event => { if (narrow && event.target.closest('a')) contents.open = false; });
}

// A picture is held by its page once: its link takes it from where it is shown.
for (const link of document.querySelectorAll("a[data-picture]")) link.href = document.getElementById(link.dataset.picture).src;
