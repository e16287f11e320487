"""Reading once while a page is made."""

from groundplan.kernel.reading import once, reading

counted: list[int] = []


@once
def count() -> int:
    counted.append(1)
    return len(counted)


def test_outside_of_a_page_every_call_reads() -> None:
    before = count()
    assert count() == before + 1


def test_a_page_reads_once_and_the_next_page_anew() -> None:
    with reading():
        first = count()
        assert count() == first
    with reading():
        assert count() == first + 1


def test_nothing_read_is_read_once_too() -> None:
    asked = []

    @once
    def nothing() -> None:
        asked.append(1)

    with reading():
        nothing()
        nothing()
    assert asked == [1]
