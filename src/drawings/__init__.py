"""Drawings of neurons, networks and losses, made from the real objects.

Each function returns a [Drawing][drawings.Drawing], which a page or a notebook shows by itself. Every number
in a drawing is read from the objects it was given.

What a style sheet or a script can rely on:

- the classes `drawing` and `drawing-<kind>` on the `<svg>`;
- the book's `q-input`, `q-weight`, `q-bias`, `q-sum`, `q-activation`, `q-loss`, `q-gradient` on whatever
  shows such a quantity;
- for the parts `node`, `edge`, `bias`, `curve`, `dot`, `label`, `value`, `mark`, `person`, `contour`,
  `band`, `bars`, `square`, `step`, `tangent`, `hatching`, `boundary`, `axes`, `tick`, `note`;
- `data-quantity` (`w1`, `b1`, `x1`, `z_h1`, `h1`, `o1`, `dL_dw1`, `L`), with `data-value`, twelve digits of
  it (of a network's parameter all), where its number is printed; `data-from` and `data-to` on the edges,
  `data-person`, `data-level`;
- `data-x` and `data-y` on the axes, and on a neuron's small sigmoid: the lowest and highest number, and
  where the drawing puts these two.
"""

from drawings.activations import activation_curve
from drawings.chains import network_with_loss
from drawings.curves import sigmoid_curve
from drawings.decisions import decision_line
from drawings.depths import through_layers
from drawings.descents import descent_path
from drawings.drawing import Drawing
from drawings.histograms import histogram
from drawings.kinds import class_map
from drawings.layered import layered_network
from drawings.learning import learning_curve, validation_curve
from drawings.losses import loss_curve
from drawings.maps import people_map
from drawings.matrices import matrix_product
from drawings.networks import network
from drawings.neurons import neuron
from drawings.pictures import pictures
from drawings.rates import learning_rates
from drawings.scatters import scatter
from drawings.shares import softmax_bars
from drawings.slopes import loss_along
from drawings.spreads import spreads
from drawings.squares import loss_squares
from drawings.step_errors import step_errors
from drawings.surprises import surprise_curve

__all__ = [
    "Drawing",
    "activation_curve",
    "class_map",
    "decision_line",
    "descent_path",
    "histogram",
    "layered_network",
    "learning_curve",
    "learning_rates",
    "loss_along",
    "loss_curve",
    "loss_squares",
    "matrix_product",
    "network",
    "network_with_loss",
    "neuron",
    "people_map",
    "pictures",
    "scatter",
    "sigmoid_curve",
    "softmax_bars",
    "spreads",
    "step_errors",
    "surprise_curve",
    "through_layers",
    "validation_curve",
]
