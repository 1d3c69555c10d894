"""The network with its loss says what the library computes."""

import pytest
from tests.drawings.gallery import ALICE, drawn, having, ones, said, tree

from drawings import network_with_loss
from pencilnet import mse_loss


def test_the_loss_and_the_true_label_are_there_with_twelve_digits():
    root = tree(drawn("network with its loss"))
    (loss,) = having(root, "node", quantity="L")
    (true,) = having(root, "label", quantity="y_true")
    assert float(loss.get("data-value")) == pytest.approx(
        mse_loss([1], [ones().forward(ALICE).o1]), rel=1e-11
    )
    assert "0.227" in said(loss)
    assert (true.get("data-value"), said(true)) == ("1.0", "ytrue = 1")
    assert drawn("network with its loss").description.endswith("from o1 to the loss, L = 0.227.")


def test_it_is_the_network_and_one_arrow_more():
    plain, more = (tree(drawn(name)) for name in ("network, forward", "network with its loss"))
    ways = [[(e.get("data-from"), e.get("data-to")) for e in having(root, "edge")] for root in (plain, more)]
    assert ways[1] == [*ways[0], ("o1", "L")]


@pytest.mark.parametrize(
    ("network", "forward", "y_true", "said"),
    [
        (3, ones().forward(ALICE), 1, "the network should be"),
        (ones(), 3, 1, "forward should be"),
        (ones(), ones().forward(ALICE), float("nan"), "the true label should be finite"),
    ],
)
def test_what_it_cannot_be_drawn_from_is_refused(network, forward, y_true, said):
    with pytest.raises(ValueError, match=said):
        network_with_loss(network, forward, y_true)
