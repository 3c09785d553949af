"""The number on a printed form is typed by hand: a slip of the pen is told, and what was meant is found."""

import pytest

from shangliang.flow.voices import paperforms

NUMBER = paperforms.number(2026, 12)


@pytest.mark.parametrize(
    "typed",
    [NUMBER, NUMBER.replace("-", ""), NUMBER.replace("-", " "), "２０２６－０００１２－" + NUMBER[-1]],
)
def test_a_number_is_meant_however_it_is_typed(typed):
    assert paperforms.meant(typed) == NUMBER


def test_every_single_wrong_digit_is_told():
    digits = NUMBER.replace("-", "")
    for place in range(len(digits)):
        for digit in set("0123456789") - {digits[place]}:
            assert paperforms.meant(digits[:place] + digit + digits[place + 1 :]) == ""


@pytest.mark.parametrize("typed", ["", "2026", NUMBER + "1", "溪政留2026-000012", "²⁰²⁶0001２", "x" * 30])
def test_what_is_no_number_is_none(typed):
    assert paperforms.meant(typed) == ""
