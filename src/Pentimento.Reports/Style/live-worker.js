// Answers pictures with the logits of networks that are chains of simple operators. The first message brings the networks, each a list of
// steps and the base64 of its float16 weights; every later one a picture, float32 (C, H, W) in [0, 1], and a number that comes back.
let networks = [];
function half(bits) {
  const exponent = bits >> 10 & 31, fraction = bits & 1023;
  return (bits >> 15 ? -1 : 1) * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24);
}
function decoded(base64) {
  const bytes = atob(base64), weights = new Float32Array(bytes.length / 2);
  for (let at = 0; at < weights.length; at++) weights[at] = half(bytes.charCodeAt(2 * at) | bytes.charCodeAt(2 * at + 1) << 8);
  return weights;
}
// Every row of a matrix times one patch, four rows at a time so that each value is fetched once for all four; results lie `apart`.
function multiply(weights, { out, weight, bias }, patch, result, place, apart) {
  const length = patch.length, bound = row => bias < 0 ? 0 : weights[bias + row];
  let row = 0;
  for (; row + 4 <= out; row += 4) {
    const a = weight + row * length, b = a + length, c = b + length, d = c + length;
    let s = 0, t = 0, u = 0, v = 0;
    for (let at = 0; at < length; at++) {
      const x = patch[at];
      s += x * weights[a + at]; t += x * weights[b + at]; u += x * weights[c + at]; v += x * weights[d + at];
    }
    result[place + row * apart] = s + bound(row);
    result[place + (row + 1) * apart] = t + bound(row + 1);
    result[place + (row + 2) * apart] = u + bound(row + 2);
    result[place + (row + 3) * apart] = v + bound(row + 3);
  }
  for (; row < out; row++) {
    let s = bound(row);
    for (let at = 0; at < length; at++) s += patch[at] * weights[weight + row * length + at];
    result[place + row * apart] = s;
  }
}
function convolve(maps, step, weights) {
  const { size, stride, padding } = step, { values, height, width } = maps, depth = step.in;
  const high = Math.floor((height + 2 * padding - size) / stride) + 1, wide = Math.floor((width + 2 * padding - size) / stride) + 1;
  const result = new Float32Array(step.out * high * wide), patch = new Float32Array(depth * size * size);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      let at = 0;
      for (let channel = 0; channel < depth; channel++) {
        for (let down = 0; down < size; down++) {
          const row = y * stride - padding + down;
          for (let right = 0; right < size; right++, at++) {
            const column = x * stride - padding + right;
            patch[at] = row < 0 || row >= height || column < 0 || column >= width ? 0 : values[(channel * height + row) * width + column];
          }
        }
      }
      multiply(weights, step, patch, result, y * wide + x, high * wide);
    }
  }
  return { values: result, channels: step.out, height: high, width: wide };
}
function pool(maps, { operator, size, stride }) {
  const { values, channels, height, width } = maps, largest = operator === 'MaxPool';
  const high = Math.floor((height - size) / stride) + 1, wide = Math.floor((width - size) / stride) + 1;
  const result = new Float32Array(channels * high * wide);
  for (let at = 0; at < result.length; at++) {
    const channel = Math.floor(at / (high * wide)), y = Math.floor(at / wide) % high * stride, x = at % wide * stride;
    let summary = largest ? -Infinity : 0;
    for (let down = 0; down < size; down++) {
      for (let right = 0; right < size; right++) {
        const value = values[(channel * height + y + down) * width + x + right];
        summary = !largest ? summary + value / (size * size) : value > summary ? value : summary;
      }
    }
    result[at] = summary;
  }
  return { values: result, channels, height: high, width: wide };
}
function linear(maps, step, weights) {
  const result = new Float32Array(step.out);
  multiply(weights, step, maps.values, result, 0, 1);
  return { values: result, channels: step.out, height: 1, width: 1 };
}
const operators = {
  Conv: convolve, MaxPool: pool, AveragePool: pool, Gemm: linear, Flatten: maps => maps,
  Relu: maps => ({ ...maps, values: maps.values.map(value => value > 0 ? value : 0) }),
  Tanh: maps => ({ ...maps, values: maps.values.map(Math.tanh) }),
};
function answer({ steps, weights }, maps) {
  for (const step of steps) maps = operators[step.operator](maps, step, weights);
  return maps.values;
}
onmessage = ({ data }) => {
  if (data.networks) networks = data.networks.map(({ steps, weights }) => ({ steps, weights: decoded(weights) }));
  else postMessage({ number: data.number, logits: networks.map(network => answer(network, data.maps)) });
};
