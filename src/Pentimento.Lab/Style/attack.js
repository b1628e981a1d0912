// Attack: how small a change fools a network.
import { ask, card, chosen, each, elsewhere, find, latest, make, refuse } from './ask.js';

export function attack() {
  find('radius-shown').value = find('radius').value;
  latest('ask/look', chosen(), ({ answer }) => {
    find('shown').src = answer.picture;
    find('change').removeAttribute('src');
    find('status').textContent = '';
    find('parts').replaceChildren();
    find('answers').replaceChildren(...answer.networks.map(one => card(one)));
  });
  ask('ask/attack/code', attackQuestion()).then(response => response.json()).then(elsewhere, () => {});
}

// The attack comes frame by frame and can be stopped between them.
let attacking = null;
function attackQuestion() {
  return { ...chosen(), model: find('model').value, radius: Number(find('radius').value) / 255 };
}
async function fool() {
  attacking?.abort();
  const mine = attacking = new AbortController();
  find('stop').disabled = false;
  try {
    await each(await ask('ask/attack', attackQuestion(), mine.signal), frame);
  } catch (failure) {
    if (failure.name !== 'AbortError') refuse(failure.message);
    else find('status').textContent = 'Stopped.';
  } finally {
    find('stop').disabled = true;
  }
}
function frame({ steps, picture: after, change, networks, fooled, last, parts }) {
  find('shown').src = after;
  find('change').src = change;
  find('answers').replaceChildren(...networks.map(one => card(one)));
  find('status').textContent = `${steps} step${steps === 1 ? '' : 's'}: ${fooled ? 'fooled.' : last ? 'not fooled within this radius.' : 'not yet.'}`;
  exploited(parts);
}
// What an attack exploits: the parts of its change that fool by themselves.
function exploited(parts) {
  const percent = share => `${(100 * share).toFixed(0)}%`;
  find('parts').replaceChildren(...parts.length === 0 ? [] : [make('p', {}, 'What it exploits, each part of the change by itself:'),
    make('ul', {}, ...parts.map(({ part, share, fools }) => make('li', {}, `what is ${part} (${percent(share)} of the change): `,
      make('strong', {}, fools ? 'fools' : 'does not fool'))))]);
}
find('start')?.addEventListener('click', fool);
find('stop')?.addEventListener('click', () => attacking?.abort());
find('radius')?.addEventListener('input', () => { find('radius-shown').value = find('radius').value; });
