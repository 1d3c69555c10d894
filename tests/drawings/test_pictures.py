"""What each drawing shows stands where its axes say, and is what the objects say."""

import numpy as np
import pytest
from tests.drawings.gallery import (
    ALICE,
    NAMES,
    SVG,
    centre,
    drawn,
    having,
    number,
    ones,
    points,
    read_off,
    said,
    spread,
    start,
    trained,
    tree,
)

import drawings
from drawings.scale import Scale
from pencilnet import (
    EMILY,
    FRANK,
    PEOPLE,
    SHIFT,
    Neuron,
    OurNeuralNetwork,
    all_y_trues,
    data,
    sigmoid,
    sigmoid_derivative,
)


def test_a_neuron_shows_every_number_on_the_way():
    drawing = drawn("neuron")
    root = tree(drawing)
    labels = [said(text) for text in root.iter(SVG + "text")]
    assert {"w1 = 0", "w2 = 1", "b = 4", "z = 7", "0.999"} <= set(labels)
    assert said(next(having(root, "node", quantity="y"))) == "y0.999"
    assert "the weighted inputs are 0 and 3, the sum z is 7 and the output y is 0.999" in drawing.description


def test_a_neuron_without_inputs_shows_its_parameters_alone():
    drawing = drawings.neuron(Neuron([0, 1], 4))
    assert [said(value) for value in having(tree(drawing), "value")] == ["0", "1", "4"]
    assert "output y is" not in drawing.description


def test_a_neurons_drawing_carries_twelve_digits_of_what_it_prints():
    neuron, inputs = Neuron([1 / 3, -0.7], 0.1), [0.5, 0.3]
    root = tree(drawings.neuron(neuron, inputs))
    carried = {
        part.get("data-quantity"): float(part.get("data-value"))
        for part in root.iter()
        if part.get("data-value")
    }
    z = neuron.weighted_sum(inputs)
    shown = {"w1": 1 / 3, "w2": -0.7, "b": 0.1, "x1": 0.5, "x2": 0.3, "w1_x1": 1 / 3 * 0.5,
             "w2_x2": -0.7 * 0.3, "z": z, "y": neuron.feedforward(inputs)}  # fmt: skip
    assert carried == pytest.approx(shown, rel=1e-11)


@pytest.mark.parametrize(("sum_", "at"), [(-1.25, -1.25), (40, 8), (-40, -8)])
def test_a_point_rides_on_the_neurons_sigmoid_up_to_its_ends(sum_: float, at: float):
    root = tree(drawings.neuron(Neuron([1, 0], 0), [sum_, 0]))
    (scaled,) = [part for part in root.iter() if part.get("data-x")]
    across, up = (Scale(*map(float, scaled.get(f"data-{axis}").split())) for axis in "xy")
    assert centre(next(having(root, "dot")))[0] == pytest.approx([across(at), up(sigmoid(sum_))], abs=0.01)


@pytest.mark.parametrize("figure", ["decision line", "decision line of AND", "decision line, far inputs"])
def test_on_the_decision_line_the_neuron_says_half_and_on_the_hatched_side_more(figure: str):
    weights, bias = {"decision line": ([0, 1], 4), "decision line of AND": ([1, 1], -1.5)}.get(
        figure, ([-0.4, 0.2], 1)
    )
    root, neuron = tree(drawn(figure)), Neuron(weights, bias)
    (boundary,) = having(root, "boundary")
    assert neuron.feedforward(read_off(root, points(boundary))) == pytest.approx([0.5, 0.5], abs=0.001)
    hatching = read_off(root, points(next(having(root, "hatching"))))
    assert (neuron.feedforward(hatching) > 0.499).all()
    share = (neuron.feedforward(read_off(root, grid(root))) > 0.5).mean()
    length = np.hypot(*np.diff(points(next(having(root, "hatching"))).reshape(-1, 2, 2), axis=1)[:, 0].T)
    assert length.sum() * 9 / 2**0.5 == pytest.approx(share * 300 * 250, rel=0.03)


def grid(root) -> np.ndarray:
    """Places all over the plane of 300 by 250 units."""
    return np.stack(np.meshgrid(np.linspace(38, 338, 101), np.linspace(36, 286, 101)), -1).reshape(-1, 2)


def test_small_marks_are_discs_where_the_neuron_says_yes():
    (plane,) = [tree(drawn("decision line of AND"))]
    marks = [mark for mark in plane.findall(f"{SVG}circle") if mark.get("class") == "other"]
    assert [mark.get("fill") for mark in marks] == ["none", "none", "none", "currentColor"]
    assert read_off(plane, np.vstack([centre(mark) for mark in marks])) == pytest.approx(
        np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), abs=0.01
    )
    assert "an answer of more than 0.5: (1, 1)." in drawn("decision line of AND").description


def test_a_decision_line_can_do_without_a_marked_pair():
    bare = drawn("decision line, nothing marked")
    small = [mark for mark in tree(bare).findall(f"{SVG}circle") if mark.get("class") == "other"]
    assert read_off(tree(bare), np.vstack([centre(mark) for mark in small])) == pytest.approx(data, abs=0.1)
    assert [mark.get("fill") for mark in small] == ["currentColor", "none", "none", "currentColor"]
    assert list(having(tree(bare), "point")) == []
    assert bare.description.endswith("Marked with an answer of 0.5 or less: (25, 6) and (17, 4).")


@pytest.mark.parametrize(
    ("neuron", "told"),
    [
        (Neuron([1, -1], 0), "is below and to the right."),
        (Neuron([-1, 0], 1), "is to the left."),
        (Neuron([1, 0], 40), "The line lies outside: everywhere here the answer is more than 0.5"),
        (Neuron([0, 0], -1), "Both weights are 0, so there is no line: everywhere here the answer is less"),
        (Neuron([0, 0], 0), "everywhere here the answer is 0.5."),
    ],
)
def test_a_decision_line_says_where_the_yes_is(neuron: Neuron, told: str):
    drawing = drawings.decision_line(neuron, [2, 3])
    assert told in drawing.description
    (line,) = having(tree(drawing), "boundary")
    assert (line.get("d") == "M0 0") == ("line lies" in told or "everywhere" in told)


def test_more_digits_are_printed_on_request():
    assert "0.9991" in drawings.neuron(Neuron([0, 1], 4), [2, 3], digits=4).description


def test_every_parameter_of_the_network_has_a_label_at_its_place():
    root = tree(drawings.network())
    ends = {
        edge.get("data-quantity"): (edge.get("data-from"), edge.get("data-to"))
        for edge in having(root, "edge")
    }
    assert ends == {"w1": ("x1", "h1"), "w2": ("x2", "h1"), "w3": ("x1", "h2"), "w4": ("x2", "h2"),
                    "w5": ("h1", "o1"), "w6": ("h2", "o1")}  # fmt: skip
    biases = {bias.get("data-quantity"): bias.get("data-to") for bias in having(root, "bias")}
    assert biases == {"b1": "h1", "b2": "h2", "b3": "o1"}
    assert list(having(root, "value")) == []


def test_an_edge_runs_from_its_neuron_to_its_neuron():
    root = tree(drawings.network())
    places = {node.get("data-quantity"): centre(node[0])[0] for node in having(root, "node")}
    for edge in having(root, "edge"):
        corners = points(edge[0])
        tip = corners[-2]  # the last stroke is the arrowhead: barb, tip, barb
        assert np.hypot(*(corners[0] - places[edge.get("data-from")])) == pytest.approx(30, abs=0.1)
        assert np.hypot(*(tip - places[edge.get("data-to")])) == pytest.approx(30, abs=0.1)


def test_the_network_carries_the_numbers_of_both_passes():
    network = start()
    forward = network.forward(ALICE)
    backward = network.backward(forward, 1)
    root = tree(drawings.network(network, forward, backward, digits=2))
    for quantity, parameter in network.parameters.items():
        kind = "edge" if quantity[0] == "w" else "bias"
        label, partial = next(having(root, kind, quantity=quantity)).findall(SVG + "text")
        assert said(label) == f"{quantity} = {drawings.lettering.printed(parameter, 2)}"
        assert partial.get("data-quantity") == "dL_d" + quantity
        assert shown(partial) == pytest.approx(backward.partials[quantity], rel=0.51)
    for quantity in ("x1", "x2", "h1", "h2", "o1"):
        node = next(having(root, "node", quantity=quantity))
        assert shown(node) == pytest.approx(getattr(forward, quantity), rel=0.06)
    for quantity in ("z_h1", "z_h2", "z_o1"):
        assert shown(next(having(root, "label", quantity=quantity))) == pytest.approx(
            getattr(forward, quantity), rel=0.06
        )


def test_the_network_keeps_twelve_digits_of_what_it_prints():
    """A figure's script goes on from these numbers, and not from the rounded ones."""
    network = start()
    forward = network.forward(ALICE)
    backward = network.backward(forward, 1)
    kept = {
        element.get("data-quantity"): float(element.get("data-value"))
        for element in tree(drawings.network(network, forward, backward)).iter()
        if element.get("data-value")
    }
    partials = {f"dL_d{quantity}": float(partial) for quantity, partial in backward.partials.items()}
    expected = {**network.parameters, **forward._asdict(), **partials}
    wanted = {quantity: float(number) for quantity, number in expected.items() if quantity in kept}
    assert kept == pytest.approx(wanted, rel=1e-11)
    # The parameters with all their digits: what they lead to is worked out from them.
    assert {name: kept[name] for name in network.parameters} == {
        name: float(number) for name, number in network.parameters.items()
    }
    assert {*network.parameters, *partials, "z_h1", "z_h2", "z_o1"} <= set(kept)
    assert "data-value" not in str(drawings.network())


def shown(element) -> float:
    """The one number inside."""
    (value,) = having(element, "value")
    mantissa, _, power = said(value).partition("\u2009×\u200910")
    return number(mantissa) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def test_the_worked_example_reads_as_in_the_book():
    told = drawn("network, backward").description
    assert "h1 = 0.0474, h2 = 0.0474 and o1 = 0.524" in told
    assert "0.0215 for w1, 0.0107 for w2" in told
    assert "−0.238 for b3" in told


def test_a_marked_point_rides_on_the_curve():
    root = tree(drawings.sigmoid_curve(derivative=True, marks=[-3, 2]))
    dots = np.vstack([read_off(root, centre(dot)) for dot in having(root, "dot")])
    expected = [(z, function(z)) for z in (-3, 2) for function in (sigmoid, sigmoid_derivative)]
    assert dots == pytest.approx(np.array(expected), abs=0.002)


def test_both_curves_are_what_they_are_called():
    root = tree(drawings.sigmoid_curve(derivative=True))
    for curve, function in zip(having(root, "curve"), (sigmoid, sigmoid_derivative), strict=True):
        corners = read_off(root, points(curve))
        assert corners[:, 1] == pytest.approx(function(corners[:, 0]), abs=0.002)
        assert corners[[0, -1], 0] == pytest.approx([-6, 6], abs=0.01)


def test_a_mark_far_out_widens_the_picture():
    root = tree(drawings.sigmoid_curve(marks=[7]))
    assert read_off(root, centre(next(having(root, "dot"))))[0] == pytest.approx([7, sigmoid(7)], abs=0.002)
    assert "Marked: f(7) = 0.999." in drawings.sigmoid_curve(marks=[7]).description


def test_the_loss_curve_follows_the_history():
    history = trained()[1]
    drawing = drawings.loss_curve(history)
    root = tree(drawing)
    corners = read_off(root, points(next(having(root, "curve"))))
    losses = np.append(history.loss_before, history.losses)
    epochs = np.round(corners[:, 0]).astype(int)
    assert (epochs[0], epochs[-1]) == (0, 1000)
    assert corners[:, 0] == pytest.approx(epochs, abs=0.05)
    assert corners[:, 1] == pytest.approx(losses[epochs], abs=0.0005)
    last = drawings.lettering.printed(float(history.losses[-1]))
    assert f"ends at {last} after 1,000 epochs" in drawing.description
    assert "never rises" in drawing.description


def test_the_loss_curve_keeps_how_the_training_began():
    before, history = list(start().parameters.values()), trained()[1]
    root = tree(drawings.loss_curve(history, start=before, learning_rate=0.1, seed=44))
    curve = next(having(root, "curve"))
    assert [float(number) for number in curve.get("data-start").split()] == before
    assert (curve.get("data-rate"), curve.get("data-seed")) == ("0.1", "44")
    ends = [float(mark.get("data-value")) for mark in having(root, "mark")]
    assert ends == pytest.approx([history.loss_before, history.losses[-1]], rel=1e-11)


def test_an_arrow_is_as_thick_as_its_weight_is_far_from_zero():
    network = trained()[0]
    root = tree(drawings.network(network, strength=True))
    for edge in having(root, "edge"):
        weight = network.parameters[edge.get("data-quantity")]
        assert float(edge.find(SVG + "path").get("stroke-width")) == pytest.approx(
            0.8 + 0.7 * abs(weight), abs=0.01
        )


def test_a_loss_that_rises_is_said_to():
    network = start()
    history = network.train([[1.0, 1.0], [1.0, 1.0]], [0.0, 1.0], learning_rate=5, epochs=20)
    rises = int((np.diff(np.append(history.loss_before, history.losses)) > 0).sum())
    assert rises
    assert f"rises from one point to the next {rises} times" in drawings.loss_curve(history).description


def test_squares_have_the_squared_errors_for_areas():
    predictions = start().feedforward([person.shifted for person in PEOPLE])
    drawing = drawings.loss_squares(all_y_trues, predictions, NAMES)
    root = tree(drawing)
    unit = abs(np.diff(unit_of(root)))[0]
    areas = [(float(rect.get("width")) / unit) ** 2 for rect in root.iter(SVG + "rect")]
    errors = (all_y_trues - predictions) ** 2
    assert areas == pytest.approx([*errors, errors.mean()], abs=0.002)
    assert all(rect.get("width") == rect.get("height") for rect in root.iter(SVG + "rect"))
    assert drawings.lettering.printed(float(errors.mean())) in drawing.description


def unit_of(root) -> list[float]:
    """Where the ticks 0 and 1 stand."""
    places = {said(tick): float(tick.get("y")) for tick in having(root, "tick")}
    return [places["0"], places["1"]]


def test_a_square_stands_between_label_and_prediction():
    root = tree(drawings.loss_squares([1], [0.25], ["Alice"]))
    (rect, _) = root.iter(SVG + "rect")
    (person,) = having(root, "person", person="Alice")
    true, predicted = (float(circle.get("cy")) for circle in person.iter(SVG + "circle"))
    assert float(rect.get("y")) == pytest.approx(true)
    assert float(rect.get("y")) + float(rect.get("height")) == pytest.approx(predicted, abs=0.02)


def test_no_error_is_no_square():
    root = tree(drawings.loss_squares(all_y_trues, [0, 0, 0, 0], NAMES))
    assert len(list(root.iter(SVG + "rect"))) == 3, "Alice, Diana and the mean"


def test_people_stand_at_their_weight_and_height():
    root = tree(drawn("map"))
    places = {text.get("data-person"): text for text in having(root, "person")}
    assert set(places) == {*NAMES, "Emily", "Frank"}
    for person in (*PEOPLE, EMILY, FRANK):
        assert read_off(root, middle(places[person.name]))[0] == pytest.approx(
            (person.pounds, person.inches), abs=0.1
        )


def middle(marker) -> np.ndarray:
    """The middle of a disc, a square or a diamond."""
    if marker.tag == SVG + "circle":
        return centre(marker)
    if marker.tag == SVG + "rect":
        return np.array([[float(marker.get(side)) + 5 for side in "xy"]])
    return points(marker).mean(axis=0, keepdims=True)


def test_people_are_told_apart_by_shape():
    root = tree(drawn("map"))
    shapes = {shape: {sign.get("data-person") for sign in having(root, shape) if sign.get("data-person")}
              for shape in ("disc", "square", "diamond")}  # fmt: skip
    assert shapes == {"disc": {"Alice", "Diana"}, "square": {"Bob", "Charlie"}, "diamond": {"Emily", "Frank"}}


@pytest.mark.parametrize("network", [trained()[0], start(), ones()], ids=["trained", "start", "ones"])
def test_a_contour_lies_where_the_network_predicts_its_level(network: OurNeuralNetwork):
    root = tree(drawings.people_map(network, PEOPLE))
    for contour in having(root, "contour"):
        if level := contour.get("data-level"):
            line = read_off(root, np.vstack([points(path) for path in contour.iter(SVG + "path")]))
            assert network.feedforward(line - SHIFT) == pytest.approx(float(level), abs=0.01)


def test_a_band_is_all_that_is_at_least_so_high():
    network = trained()[0]
    root = tree(drawings.people_map(network, PEOPLE))
    grid = np.stack(np.meshgrid(np.linspace(44, 400, 60), np.linspace(40, 336, 60)), axis=-1).reshape(-1, 2)
    predictions = network.feedforward(read_off(root, grid) - SHIFT)
    for band in having(root, "band"):
        level = float(band.get("data-level"))
        clear = np.abs(predictions - level) > 0.02
        assert (inside(band, grid) == (predictions > level))[clear].all()


def inside(path, places: np.ndarray) -> np.ndarray:
    """Which places lie inside a closed path: a ray from there crosses it an odd number of times."""
    crossings = np.zeros(len(places), dtype=int)
    for ring in path.get("d").split("Z")[:-1]:
        corners = np.array([[float(part) for part in corner.split()] for corner in ring[1:].split("L")])
        for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            spans = (y0 > places[:, 1]) != (y1 > places[:, 1])
            with np.errstate(divide="ignore", invalid="ignore"):
                at = x0 + (places[:, 1] - y0) / (y1 - y0) * (x1 - x0)
            crossings += spans & (places[:, 0] < at)
    return crossings % 2 == 1


def test_a_person_keeps_who_they_are_and_what_is_predicted():
    network = trained()[0]
    root = tree(drawings.people_map(network, PEOPLE, [EMILY, FRANK], anyone=(140, 70)))
    signs = {sign.get("data-person"): sign for sign in having(root, "person")}
    assert list(signs) == ["Alice", "Bob", "Charlie", "Diana", "Emily", "Frank", "anyone"]
    for person in [*PEOPLE, EMILY, FRANK]:
        sign = signs[person.name]
        at = [float(number) for number in sign.get("data-shifted").split()]
        assert at == [*person.shifted]
        assert (sign.get("data-pounds"), sign.get("data-inches")) == (str(person.pounds), str(person.inches))
        assert sign.get("data-label") == str(person.label)
        assert float(sign.get("data-value")) == pytest.approx(network.feedforward(person.shifted), rel=1e-11)
    (anyone,) = having(root, "anyone")
    assert signs["anyone"] in anyone
    assert said(anyone) == f"anyone {drawings.lettering.printed(network.feedforward([5, 4]))}"


def test_another_machines_last_digit_changes_no_drawing(monkeypatch):
    """NumPy's power of e is not the same to the last digit on every processor, nor in the browser."""
    network, exp = trained()[0], np.exp
    here = str(drawings.people_map(network, PEOPLE, [EMILY, FRANK]))
    monkeypatch.setattr(np, "exp", lambda z: np.nextafter(exp(z), 2))
    assert drawings.maps.np.exp(0.0) > 1
    assert str(drawings.people_map(network, PEOPLE, [EMILY, FRANK])) == here


def test_the_map_tells_predictions_in_words():
    told = drawn("map").description
    emily = drawings.lettering.printed(float(trained()[0].feedforward(EMILY.shifted)))
    assert f"Emily, 128 pounds and 63 inches, not trained on, prediction {emily}" in told
    assert "Bob, 160 pounds and 72 inches, true label 0" in told


def test_a_histogram_counts_every_value():
    values = spread()
    root = tree(drawings.histogram(values, bins=20))
    outline = read_off(root, points(next(having(root, "bars"))))[1:-1]
    lefts, rights = outline[::2], outline[1::2]
    assert lefts[:, 1] == pytest.approx(rights[:, 1])
    assert lefts[:, 1].sum() == pytest.approx(len(values), rel=0.001)
    for (left, count), (right, _) in zip(lefts, rights, strict=True):
        edges = np.round([left, right], 4)
        assert count == pytest.approx(((values >= edges[0]) & (values < edges[1])).sum(), abs=1.5)


def test_a_mark_stands_at_its_value():
    drawing = drawings.histogram(spread(), 0.951, of="the prediction for Emily", mark_name="seed 44")
    root = tree(drawing)
    (mark,) = having(root, "mark")
    line = mark.find(SVG + "path")
    assert read_off(root, points(line))[:, 0] == pytest.approx(0.951, abs=0.0001)
    assert said(mark) == "seed 44: 0.951"
    assert (mark.get("data-value"), mark.get("data-below")) == ("0.951", str((spread() < 0.951).sum()))
    assert f"{int((spread() < 0.951).sum()):,} of the values are smaller" in drawing.description


@pytest.mark.parametrize("parameter", ["w1", "w4", "w5", "b1", "b3"])
def test_the_loss_along_a_parameter_is_the_loss_with_it_changed(parameter: str):
    network = start()
    before = network.parameters
    drawing = drawings.loss_along(network, parameter, ALICE, 1)
    assert network.parameters == before
    root = tree(drawing)
    for place, loss in read_off(root, points(next(having(root, "curve")))):
        changed = OurNeuralNetwork.from_parameters(**{**before, parameter: float(place)})
        assert loss == pytest.approx((1 - changed.feedforward(ALICE)) ** 2, abs=0.004)


def test_the_tangent_has_the_slope_of_the_loss():
    network = ones()
    root = tree(drawings.loss_along(network, "b3", ALICE, 1))
    (x0, y0), (x1, y1) = read_off(root, points(next(having(root, "tangent"))))
    losses = [
        (1 - OurNeuralNetwork.from_parameters(**{**network.parameters, "b3": at}).feedforward(ALICE)) ** 2
        for at in (-1e-5, 1e-5)
    ]
    assert (y1 - y0) / (x1 - x0) == pytest.approx((losses[1] - losses[0]) / 2e-5, abs=0.002)


def test_the_step_goes_against_the_slope_by_the_learning_rate():
    network = ones()
    drawing = drawings.loss_along(network, "b3", ALICE, 1, learning_rate=5)
    network.step(ALICE, 1, learning_rate=5)
    root = tree(drawing)
    there = read_off(root, centre(next(having(root, "dot-open"))))[0]
    assert there[0] == pytest.approx(network.b3, abs=0.02)
    assert "changes b3 by 1.19, and the loss is then 0.0471." in drawing.description


def test_a_step_too_short_to_see_is_said_to_be():
    drawing = drawings.loss_along(ones(), "w1", ALICE, 1)
    (step,) = having(tree(drawing), "step")
    assert list(having(step, "dot-open")) == []
    assert drawing.description.endswith("the step is too short to be seen.")


def test_only_contours_that_there_are_are_told_of():
    drawing = drawings.people_map(start(), PEOPLE)
    levels = {contour.get("data-level") for contour in having(tree(drawing), "contour")} - {None}
    assert "0.5" not in levels
    assert "contour of the prediction 0.5" not in [said(note) for note in having(tree(drawing), "note")]
    told = "with contours where it is " + drawings.lettering.listed(sorted(levels))
    assert told in drawing.description
