"""Turns the edit trees of a trained lemmatizer into those that its labels need. Invariant: every label still means the
same edit. spaCy adds a tree for each pair of word and lemma it meets, which no label will ever call."""

from typing import Any

_NONE = 2**32 - 1  # spaCy's mark for "no subtree" (NULL_TREE_ID)


def keep_labelled_trees(lemmatizer: Any) -> None:
    """Drops every tree of a spaCy `trainable_lemmatizer` that no label reaches."""
    trees = lemmatizer.label_data["trees"]
    number: dict[int, int] = {}
    for label in lemmatizer.cfg["labels"]:
        _number(trees, label, number)
    kept = [_renumbered(trees[old], number) for old in number]
    labels = [number[label] for label in lemmatizer.cfg["labels"]]
    lemmatizer.cfg["labels"] = []
    lemmatizer.tree2label.clear()
    lemmatizer._add_labels({"trees": kept, "labels": labels})


def _number(trees: list[dict[str, Any]], at: int, number: dict[int, int]) -> None:
    """Numbers a tree after its subtrees, as spaCy's format wants it."""
    if at == _NONE or at in number:
        return
    for side in ("prefix_tree", "suffix_tree"):
        _number(trees, trees[at].get(side, _NONE), number)
    number[at] = len(number)


def _renumbered(tree: dict[str, Any], number: dict[int, int]) -> dict[str, Any]:
    moved = {side: number.get(tree[side], _NONE) for side in ("prefix_tree", "suffix_tree") if side in tree}
    return {**tree, **moved}
