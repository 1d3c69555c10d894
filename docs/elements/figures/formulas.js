// The arithmetic of Part I, as in src/pencilnet and in the same order of operations. No page, no drawing:
// tests/figures/test_formulas.py compares every function with the library.

/** The nine parameters, in the order in which they are drawn. */
export const PARAMETERS = ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3"];

/** @typedef {Record<string, number>} Parameters by name: w1 to w6, b1 to b3 */
/** @typedef {[x1: number, x2: number, y_true: number]} Sample */

/** @param {number} z */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

/** @param {number} z the sum, not the output */
export const sigmoidDerivative = (z) => sigmoid(z) * sigmoid(-z);

/** A neuron's weighted sum. @param {number[]} weights @param {number} bias @param {number[]} inputs */
export const weightedSum = (weights, bias, inputs) =>
  weights.reduce((sum, weight, k) => sum + weight * inputs[k], 0) + bias;

/** Every number on the way to the network's answer. @param {Parameters} p @param {number} x1 @param {number} x2 */
export function forward(p, x1, x2) {
  const z_h1 = p.w1 * x1 + p.w2 * x2 + p.b1;
  const h1 = sigmoid(z_h1);
  const z_h2 = p.w3 * x1 + p.w4 * x2 + p.b2;
  const h2 = sigmoid(z_h2);
  const z_o1 = p.w5 * h1 + p.w6 * h2 + p.b3;
  return { x1, x2, z_h1, h1, z_h2, h2, z_o1, o1: sigmoid(z_o1) };
}

/** The twelve factors and the nine partial derivatives of one sample's loss. @param {Parameters} p @param {ReturnType<typeof forward>} way @param {number} y_true */
export function backward(p, way, y_true) {
  const { x1, x2, z_h1, h1, z_h2, h2, z_o1, o1 } = way;
  const dL_dy_pred = -2 * (y_true - o1);
  const slope = { h1: sigmoidDerivative(z_h1), h2: sigmoidDerivative(z_h2), o1: sigmoidDerivative(z_o1) };
  const factors = {
    dL_dy_pred,
    dy_pred_dh1: p.w5 * slope.o1,
    dy_pred_dh2: p.w6 * slope.o1,
    dh1_dw1: x1 * slope.h1,
    dh1_dw2: x2 * slope.h1,
    dh1_db1: slope.h1,
    dh2_dw3: x1 * slope.h2,
    dh2_dw4: x2 * slope.h2,
    dh2_db2: slope.h2,
    dy_pred_dw5: h1 * slope.o1,
    dy_pred_dw6: h2 * slope.o1,
    dy_pred_db3: slope.o1,
  };
  return {
    ...factors,
    dL_dw1: dL_dy_pred * factors.dy_pred_dh1 * factors.dh1_dw1,
    dL_dw2: dL_dy_pred * factors.dy_pred_dh1 * factors.dh1_dw2,
    dL_dw3: dL_dy_pred * factors.dy_pred_dh2 * factors.dh2_dw3,
    dL_dw4: dL_dy_pred * factors.dy_pred_dh2 * factors.dh2_dw4,
    dL_dw5: dL_dy_pred * factors.dy_pred_dw5,
    dL_dw6: dL_dy_pred * factors.dy_pred_dw6,
    dL_db1: dL_dy_pred * factors.dy_pred_dh1 * factors.dh1_db1,
    dL_db2: dL_dy_pred * factors.dy_pred_dh2 * factors.dh2_db2,
    dL_db3: dL_dy_pred * factors.dy_pred_db3,
  };
}

/** The parameters after one step for one sample. @param {Parameters} p @param {Sample} sample @param {number} rate @returns {Parameters} */
export function step(p, [x1, x2, y_true], rate) {
  const gradient = backward(p, forward(p, x1, x2), y_true);
  return Object.fromEntries(PARAMETERS.map((name) => [name, p[name] - rate * gradient[`dL_d${name}`]]));
}

/** After one step for each sample, in order. @param {Parameters} p @param {Sample[]} samples @param {number} rate */
export const epoch = (p, samples, rate) => samples.reduce((now, sample) => step(now, sample, rate), p);

/** The mean of the squared errors. @param {number[]} y_true @param {number[]} y_pred */
export const mse = (y_true, y_pred) =>
  y_true.reduce((sum, true_, k) => sum + (true_ - y_pred[k]) ** 2, 0) / y_true.length;

/** The network's mean loss. @param {Parameters} p @param {Sample[]} samples */
export const loss = (p, samples) =>
  mse(samples.map(([, , y_true]) => y_true), samples.map(([x1, x2]) => forward(p, x1, x2).o1));

/**
 * The parameters and the mean loss before training and after each epoch. The same as `epoch` and `loss` again and
 * again, to the last digit, but in plain numbers: a run then takes less time than a frame.
 * @param {ArrayLike<number>} start the nine, in the order of PARAMETERS
 * @param {Sample[]} samples
 * @param {number} rate
 * @param {number} epochs
 */
export function training(start, samples, rate, epochs) {
  const parameters = new Float64Array(9 * (epochs + 1));
  const losses = new Float64Array(epochs + 1);
  let [w1, w2, w3, w4, w5, w6, b1, b2, b3] = Array.from(start);
  for (let done = 0; done <= epochs; done += 1) {
    parameters.set([w1, w2, w3, w4, w5, w6, b1, b2, b3], 9 * done);
    let sum = 0;
    for (const [x1, x2, y_true] of samples) {
      const h1 = sigmoid(w1 * x1 + w2 * x2 + b1);
      const h2 = sigmoid(w3 * x1 + w4 * x2 + b2);
      sum += (y_true - sigmoid(w5 * h1 + w6 * h2 + b3)) ** 2;
    }
    losses[done] = sum / samples.length;
    if (done === epochs) break;
    for (const [x1, x2, y_true] of samples) {
      const z_h1 = w1 * x1 + w2 * x2 + b1;
      const z_h2 = w3 * x1 + w4 * x2 + b2;
      const h1 = sigmoid(z_h1);
      const h2 = sigmoid(z_h2);
      const z_o1 = w5 * h1 + w6 * h2 + b3;
      const slope_h1 = sigmoidDerivative(z_h1);
      const slope_h2 = sigmoidDerivative(z_h2);
      const slope_o1 = sigmoidDerivative(z_o1);
      const dL_dy_pred = -2 * (y_true - sigmoid(z_o1));
      const dL_dh1 = dL_dy_pred * (w5 * slope_o1);
      const dL_dh2 = dL_dy_pred * (w6 * slope_o1);
      w1 -= rate * (dL_dh1 * (x1 * slope_h1));
      w2 -= rate * (dL_dh1 * (x2 * slope_h1));
      w3 -= rate * (dL_dh2 * (x1 * slope_h2));
      w4 -= rate * (dL_dh2 * (x2 * slope_h2));
      w5 -= rate * (dL_dy_pred * (h1 * slope_o1));
      w6 -= rate * (dL_dy_pred * (h2 * slope_o1));
      b1 -= rate * (dL_dh1 * slope_h1);
      b2 -= rate * (dL_dh2 * slope_h2);
      b3 -= rate * (dL_dy_pred * slope_o1);
    }
  }
  return { parameters, losses };
}

/** The output neuron's sum over a plane of inputs, row by row. @param {Parameters} p @param {number[]} x1s @param {number[]} x2s */
export function sums(p, x1s, x2s) {
  const found = new Float64Array(x1s.length * x2s.length);
  let k = 0;
  for (const x2 of x2s) {
    for (const x1 of x1s) {
      const h1 = sigmoid(p.w1 * x1 + p.w2 * x2 + p.b1);
      const h2 = sigmoid(p.w3 * x1 + p.w4 * x2 + p.b2);
      found[k] = p.w5 * h1 + p.w6 * h2 + p.b3;
      k += 1;
    }
  }
  return found;
}
