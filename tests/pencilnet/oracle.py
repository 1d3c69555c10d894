"""Derivatives by measuring: move one number a little to both sides and see how much the result moves.

It knows no formula of the library's, so that it can judge them all.
"""

from math import isclose

from pencilnet import OurNeuralNetwork

PARAMETERS = ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3")


def measured_slope(function, at, nudge=1e-3):
    """The slope of `function` at a number, by central differences of fourth order."""
    far = function(at - 2 * nudge) - function(at + 2 * nudge)
    near = function(at + nudge) - function(at - nudge)
    return (far + 8 * near) / (12 * nudge)


def assert_slope(name, formula, function, at):
    measured = measured_slope(function, at)
    assert isclose(formula, measured, rel_tol=1e-7, abs_tol=1e-10), (
        f"{name} at {at}: the formula says {formula}, measured is {measured}"
    )


def network_from(values):
    return OurNeuralNetwork.from_parameters(**dict(zip(PARAMETERS, values, strict=True)))


def with_parameter(network, name, value):
    """A copy of the network in which one parameter has another value."""
    other = network.copy()
    other.set_parameters(**{name: value})
    return other


def bits(network):
    """The parameters with nothing rounded, to be compared to the last digit."""
    return [value.hex() for value in network.parameters.values()]
