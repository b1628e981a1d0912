// The lab's screens: each asks the server about the image that is chosen, and shows what it answers.
import { main, remember, sent } from './ask.js';
import { attack } from './attack.js';
import { onImage } from './image.js';
import { inside } from './inside.js';
import './jobs.js';
import { cues, look } from './look.js';

const screens = { look, cues, attack, inside };
const show = screens[main.dataset.screen];
if (show) {
  main.addEventListener('change', event => {
    if (!event.target.closest('.choice') || ['picture', 'ink', 'dose'].includes(event.target.id)) return;
    if (event.target.id === 'image') sent.picture = null;
    remember();
    show();
  });
  onImage(show);
  show();
}
