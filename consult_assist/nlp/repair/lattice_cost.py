"""Text → how unlikely it is, by the dictionary's model of which words follow each other."""

from sudachipy import SplitMode

from consult_assist.nlp.tokens import core_dictionary


class DictionaryCost:
    """The cost that SudachiDict gives a sentence; lower is likelier. For use by one thread at a time."""

    def __init__(self) -> None:
        self._tokenizer = core_dictionary().create(mode=SplitMode.C)

    def of(self, text: str) -> int:
        """Return the cost of the cheapest way to cut the text into words."""
        cost: int = self._tokenizer.tokenize(text).get_internal_cost()
        return cost

    def cost_drop(self, text: str, start: int, end: int, instead: str) -> int:
        """Return how much likelier the text becomes with other characters in a place."""
        return self.of(text) - self.of(text[:start] + instead + text[end:])
