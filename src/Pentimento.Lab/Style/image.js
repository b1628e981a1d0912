// The image: a number, a file, a drop, a drawing, the camera.
import { find, refuse, remember, sent } from './ask.js';

let show = () => {};
// Calls a screen whenever another image is chosen.
export function onImage(screen) {
  show = screen;
}
function use(bytes) {
  sent.picture = bytes;
  show();
}
async function useFile(file) {
  const buffer = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < buffer.length; at += 32768) text += String.fromCharCode(...buffer.subarray(at, at + 32768));
  use(btoa(text));
}
find('picture')?.addEventListener('change', event => event.target.files[0] && useFile(event.target.files[0]));
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) useFile(event.dataTransfer.files[0]);
});
function step(by) {
  const input = find('image');
  input.value = Math.min(Number(input.max), Math.max(0, Number(input.value) + by));
  sent.picture = null;
  remember();
  show();
}
find('previous')?.addEventListener('click', () => step(-1));
find('next')?.addEventListener('click', () => step(1));
const canvas = find('canvas');
if (canvas) {
  const pen = canvas.getContext('2d');
  const wipe = () => { pen.fillStyle = '#000'; pen.fillRect(0, 0, canvas.width, canvas.height); };
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  wipe();
  find('draw').addEventListener('click', event => {
    const hidden = find('drawing').toggleAttribute('hidden');
    event.target.setAttribute('aria-expanded', !hidden);
  });
  find('wipe').addEventListener('click', wipe);
  let last = null;
  canvas.addEventListener('pointerdown', event => { canvas.setPointerCapture(event.pointerId); last = place(event); });
  canvas.addEventListener('pointermove', event => {
    if (!last) return;
    const now = place(event);
    Object.assign(pen, { strokeStyle: find('ink').value, lineWidth: 24, lineCap: 'round' });
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...now);
    pen.stroke();
    last = now;
  });
  canvas.addEventListener('pointerup', () => { last = null; use(canvas.toDataURL('image/png').split(',')[1]); });
  find('ink').addEventListener('input', () => {
    // The whole drawing takes the new colour: what was learned about colour shows at once.
    const data = pen.getImageData(0, 0, canvas.width, canvas.height), ink = find('ink').value;
    const paint = [1, 3, 5].map(at => parseInt(ink.slice(at, at + 2), 16));
    for (let at = 0; at < data.data.length; at += 4) {
      const light = Math.max(data.data[at], data.data[at + 1], data.data[at + 2]) / 255;
      for (let c = 0; c < 3; c++) data.data[at + c] = light * paint[c];
    }
    pen.putImageData(data, 0, 0);
    use(canvas.toDataURL('image/png').split(',')[1]);
  });
  // The camera is on from the button until a picture is taken, the button is pressed again, or the page is left.
  const video = find('video');
  const view = stream => {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    video.srcObject = stream;
    find('viewer').hidden = !stream;
    find('camera').setAttribute('aria-expanded', !!stream);
  };
  find('camera').addEventListener('click', async () => {
    if (video.srcObject) return view(null);
    try {
      view(await navigator.mediaDevices.getUserMedia({ video: true }));
      await video.play();
    } catch (failure) {
      view(null);
      refuse(`The camera cannot be used: ${failure.message}`);
    }
  });
  find('shutter').addEventListener('click', () => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (side === 0) return;
    pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    view(null);
    find('drawing').hidden = false;
    find('draw').setAttribute('aria-expanded', true);
    use(canvas.toDataURL('image/png').split(',')[1]);
  });
  addEventListener('pagehide', () => view(null));
}
