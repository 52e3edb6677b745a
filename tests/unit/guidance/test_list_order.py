"""Which programmes are shown, and in what order."""

from consult_assist.guidance.list_order import placed


def test_a_place_changes_only_for_what_is_clearly_ahead() -> None:
    assert placed({"a": 1.0, "b": 1.1}, ("a", "b"), (), {}) == ("a", "b")
    assert placed({"a": 1.0, "b": 1.2}, ("a", "b"), (), {}) == ("b", "a")


def test_a_sixth_needs_to_be_clearly_ahead_to_push_one_out() -> None:
    shown = tuple("abcde")
    weights = dict.fromkeys(shown, 1.0)
    assert set(placed({**weights, "f": 1.1}, shown, (), {})) == set(shown)
    assert "f" in placed({**weights, "f": 1.2}, shown, (), {})


def test_what_was_explained_stays_behind_what_is_still_to_be_told() -> None:
    assert placed({"a": 6.0, "b": 1.0}, ("a", "b"), {"a"}, {}) == ("b", "a")
    assert "a" in placed({"a": 6.0, **dict.fromkeys("bcdef", 1.0)}, ("a",), {"a"}, {})


def test_what_was_explained_takes_no_place_from_what_is_open() -> None:
    open_ones = dict.fromkeys("bcdef", 1.0)
    weights = {"a": 6.0, "z": 5.0, **open_ones}
    assert set(placed(weights, (), {"a", "z"}, {})) == {"a", *open_ones}
    assert set(placed({"a": 6.0, "z": 5.0, "b": 1.0}, (), {"a", "z"}, {})) == {"a", "z", "b"}


def test_what_was_just_said_stands_in_front_but_takes_no_place() -> None:
    shown = tuple("abcde")
    weights = {"a": 2.0, "b": 2.0, "c": 2.0, "d": 2.0, "e": 1.5}
    assert placed(weights, shown, (), {"e": 0.9}) == ("e", "a", "b", "c", "d")
    assert placed(weights, shown, (), {"e": 0.2}) == shown
    assert placed({**weights, "f": 0.9}, shown, (), {"f": 1.0}) == shown
    assert placed(weights, shown, {"e"}, {"e": 0.9})[-1] == "e"
