"""Tracking codes: what is typed is understood, a slip is told, nothing of the code is kept."""

from hypothesis import given
from hypothesis import strategies as st

from shangliang.base.journal.codes import CROCKFORD, meant
from shangliang.flow.voices import tracking

CODES = st.text(min_size=1, max_size=40).map(tracking.make)


@given(CODES)
def test_a_made_code_is_plausible_and_has_twelve_characters(code):
    assert len(code) == 12
    assert set(code) <= set(CROCKFORD)
    assert tracking.is_plausible(code)


@given(CODES, st.integers(0, 11), st.sampled_from(CROCKFORD + "u"))
def test_any_single_wrong_character_is_told(code, place, wrong):
    typo = code[:place] + wrong + code[place + 1 :]
    assert tracking.is_plausible(typo) == (typo == code)


@given(CODES, st.integers(0, 10))
def test_two_swapped_neighbours_are_told(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    alike = {code[place], code[place + 1]} == {"0", "z"}  # the one pair that Luhn's sum does not tell apart
    assert tracking.is_plausible(swapped) == (swapped == code or alike)


@given(CODES)
def test_what_is_typed_is_understood(code):
    dressed = tracking.grouped(code).replace("0", "O").replace("1", "l").replace(" ", " - ")
    assert meant(dressed) == code
    assert meant(f"　{code[:6].upper()} {code[6:]}\n") == code
    assert meant("".join(chr(ord(c) + 0xFEE0) for c in code)) == code  # a full-width keyboard


@given(st.text(max_size=80))
def test_no_text_is_an_error(text):
    tracking.is_plausible(meant(text))


def test_the_same_form_gives_the_same_code_and_another_another():
    assert tracking.make("a" * 22) == tracking.make("a" * 22) != tracking.make("b" * 22)
    assert tracking.digest(tracking.make("a" * 22)) != tracking.make("a" * 22)
