from faultline.publish.kinds import kind_styles
from faultline.record.vocabulary import Kind


def test_every_kind_has_its_own_word_and_its_own_shape() -> None:
    styles = kind_styles()
    assert list(styles) == [kind.value for kind in Kind]
    assert len({style.label for style in styles.values()}) == len(styles)
    assert len({style.mark for style in styles.values()}) == len(styles)
