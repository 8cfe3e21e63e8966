"""Turns the parse of a line into the roles of its verbs: who does it, to whom, by whom. Invariant: tokens in, tokens
out; where the parse is silent or names no chunk, nothing is said and the grammar of neighbours decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.parser import load_parser
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import Token

Asked = tuple[str, str]  # language (ISO 639-1) and words of a sentence to parse
_RELATIVES = frozenset(("that", "which", "who", "whom", "qui", "que", "qu'", "dont", "lequel", "laquelle"))
_AGENT = frozenset(("by", "par"))
_SHARING = ("conj", "xcomp", "advcl")
_DEPTH = 6  # verbs that a subject is handed down over


@dataclass(frozen=True)
class Syntax:
    """The parse of one line; `words[i]` is the word of the tree at token i, `tokens[w]` the token of word w, or -1."""

    tree: Tree
    words: tuple[int, ...]
    tokens: tuple[int, ...]

    def subject(self, token: int) -> int:
        """Token at the head of the subject of the verb at `token` (of a passive: who undergoes), or -1."""
        word = self._word(token)
        return self._token(self._subject(word)) if word >= 0 else -1

    def object(self, token: int) -> int:
        """Token at the head of the direct object, or -1."""
        word = self._word(token)
        heads = self.tree.having(word, "obj") if word >= 0 else ()
        return self._token(heads[0]) if heads else -1

    def agent(self, token: int) -> int:
        """Token at the head of the agent of a passive, or -1."""
        word = self._word(token)
        for child in self.tree.having(word, "obl", "nmod") if word >= 0 else ():
            cases = {self.tree.lows[c] for c in self.tree.having(child, "case")}
            if self.tree.relation(child) == "obl:agent" or cases & _AGENT:
                return self._token(child)
        return -1

    def tag(self, token: int) -> str:
        """Universal part of speech of the token; "" where the parse has no word there."""
        word = self._word(token)
        return self.tree.tag(word) if word >= 0 else ""

    def modifies(self, token: int) -> bool:
        """Whether the verb at a token only says more of a noun: a relative clause, a participle."""
        word = self._word(token)
        return word >= 0 and self.tree.is_a(word, "acl")

    def distance(self, a: int, b: int) -> int:
        """Steps in the tree from token a to token b; the number of words where one of them is not in the tree."""
        first, second = self._word(a), self._word(b)
        if first < 0 or second < 0:
            return len(self.tree)
        up = {word: steps for steps, word in enumerate((first, *self.tree.ancestors(first)))}
        for steps, word in enumerate((second, *self.tree.ancestors(second))):
            if word in up:
                return steps + up[word]
        return len(self.tree)

    def token_of(self, word: int) -> int:
        """The token of a word of the tree, or -1."""
        return self._token(word)

    def _word(self, token: int) -> int:
        return self.words[token] if 0 <= token < len(self.words) else -1

    def _token(self, word: int) -> int:
        return self.tokens[word] if 0 <= word < len(self.tokens) else -1

    def _subject(self, word: int) -> int:
        tree, at = self.tree, word
        for _ in range(_DEPTH):
            named = [s for s in tree.having(at, "nsubj", "csubj") if tree.lows[s] not in _RELATIVES]
            if named:
                return named[0]
            if tree.is_a(at, "acl"):
                return tree.head(at)
            if not tree.is_a(at, *_SHARING) or tree.head(at) < 0:
                return -1
            at = tree.head(at)
        return -1


def syntax_of(tree: Tree, base: int, tokens: Sequence[Token]) -> Syntax:
    """The parse beside the tokens of a line; `base` is the start of the sentence that was parsed."""
    at = {}
    for word in range(len(tree)):
        for offset in range(tree.parsed.starts[word] + base, tree.parsed.ends[word] + base):
            at[offset] = word
    words = tuple(at.get(token.start, -1) for token in tokens)
    back = [-1] * len(tree)
    for token, word in enumerate(words):
        if word >= 0 and back[word] < 0:
            back[word] = token
    return Syntax(tree, words, tuple(back))


def trees_of(asked: Sequence[Asked]) -> list[Tree | None]:
    """The parse of each (language, sentence), in order, those of a language in one go; None in a language without a
    parser."""
    trees: list[Tree | None] = [None] * len(asked)
    for language in dict.fromkeys(language for language, _ in asked):
        parser = load_parser(language)
        if parser is None:
            continue
        chosen = [n for n, (spoken, _) in enumerate(asked) if spoken == language]
        texts = [asked[n][1] for n in chosen]
        for n, text, parsed in zip(chosen, texts, parser.parse(texts), strict=True):
            trees[n] = Tree(text, parsed)
    return trees
