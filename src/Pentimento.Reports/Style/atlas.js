// Filters and sorts the cards; without it the page shows all of them in order.
const cards = [...document.querySelectorAll('.neuron')];
const form = document.querySelector('form');
const box = document.querySelector('.neurons');
const count = document.querySelector('output');
function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const fits = card => ['layer', 'role'].every(key => !wanted[key] || card.dataset[key] === wanted[key])
    && (!wanted.active || card.dataset.active === 'true');
  const key = card => Number(card.dataset[wanted.sort]);
  const shown = cards.filter(fits);
  shown.sort((a, b) => wanted.sort === 'order' ? key(a) - key(b) : key(b) - key(a));
  box.replaceChildren(...shown);
  count.textContent = `${shown.length} of ${cards.length} neurons`;
}
form.addEventListener('input', show);
form.addEventListener('submit', event => event.preventDefault());
form.hidden = false;
show();
